/*
 * Plans by which vendors sell. They are compared by letters and digits only, without case, "+"
 * being "plus", and without words that name the product or say "plan": "Copilot Pro+", "pro_plus"
 * and "ProPlus plan" are one.
 */
#include <string.h>
#include <tidemark/records.h>

#include "loading.h"
#include "row.h"

#define MOST_PLAN_BYTES 128

static const TmPlan plans[] = {
    {"free", "hobby", FALSE},
    {"pro", "individual", FALSE},
    {"pro_plus", NULL, FALSE},
    {"pro_max", NULL, FALSE},
    {"power", NULL, FALSE},
    {"plus", NULL, FALSE},
    {"max", NULL, FALSE},
    {"max_5x", "5x max100 defaultclaudemax5x", FALSE},
    {"max_20x", "20x max200 defaultclaudemax20x", FALSE},
    {"ultra", NULL, FALSE},
    {"standard", NULL, FALSE},
    {"premium", NULL, FALSE},
    {"team", "teams", FALSE},
    {"team_standard", "teamsstandard standardteam", FALSE},
    {"team_premium", "teamspremium premiumteam", FALSE},
    {"business", NULL, FALSE},
    {"enterprise", NULL, FALSE},
    {"enterprise_standard", "standardenterprise", FALSE},
    {"enterprise_premium", "premiumenterprise", FALSE},
    {"edu", "education", FALSE},
    {"platform", "platformfee", FALSE},
    {"api", "apikey apicustomer console", TRUE},
    {"usage_based", "payg payasyougo metered ondemand", TRUE},
};

/* Words at the front and at the end that say nothing. */
static const char *const products[] = {"github", "copilot", "for", "cursor", "anthropic", "claude",
    "openai", "chatgpt", "codex", "code", "google", "gemini", "assist", "cli", "windsurf", "amazon",
    "developer", "kiro"};
static const char *const remarks[] = {
    "plan", "seats", "seat", "subscription", "licenses", "license", "licence", "tier", "edition"};

/* Gives the length; 0 if it cannot be a known plan. */
static gsize fold_plan(const char *text, gsize length, char out[MOST_PLAN_BYTES])
{
    static const char plus[] = "plus";
    gsize done = 0;
    for (gsize i = 0; i < length; i++) {
        if (done + strlen(plus) >= MOST_PLAN_BYTES || (guchar)text[i] >= 0x80)
            return 0;
        if (text[i] == '+') {
            memcpy(out + done, plus, strlen(plus));
            done += strlen(plus);
        } else if (g_ascii_isalnum(text[i]))
            out[done++] = tm_ascii_lower(text[i]);
    }
    return done;
}

static TmCell without_products(TmCell plan)
{
    for (gsize i = 0; i < G_N_ELEMENTS(products);) {
        gsize length = strlen(products[i]);
        if (plan.length <= length || !tm_cell_begins(plan, products[i])) {
            i++;
            continue;
        }
        plan.text += length;
        plan.length -= length;
        i = 0;
    }
    return plan;
}

static TmCell without_remarks(TmCell plan)
{
    for (gsize i = 0; i < G_N_ELEMENTS(remarks); i++) {
        gsize length = strlen(remarks[i]);
        if (plan.length > length &&
            memcmp(plan.text + plan.length - length, remarks[i], length) == 0)
            plan.length -= length;
    }
    return plan;
}

/* The key without its "_". */
static gboolean is_key(TmCell plan, const char *key)
{
    gsize at = 0;
    for (; *key != '\0'; key++) {
        if (*key == '_')
            continue;
        if (at == plan.length || plan.text[at] != *key)
            return FALSE;
        at++;
    }
    return at == plan.length;
}

static gboolean is_alias(TmCell plan, const char *aliases)
{
    while (aliases != NULL && *aliases != '\0') {
        gsize length = strcspn(aliases, " ");
        if (tm_cell_same(plan, (TmCell){aliases, length}))
            return TRUE;
        aliases += length + strspn(aliases + length, " ");
    }
    return FALSE;
}

static const TmPlan *find(TmCell plan)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++) {
        if (is_key(plan, plans[i].key) || is_alias(plan, plans[i].aliases))
            return &plans[i];
    }
    return NULL;
}

const TmPlan *tm_plan_find(const char *text, gsize length)
{
    char folded[MOST_PLAN_BYTES];
    TmCell whole = {folded, fold_plan(text, length, folded)};
    const TmPlan *plan = find(whole);
    return plan != NULL ? plan : find(without_remarks(without_products(whole)));
}

const TmPlan *tm_plans(guint *count)
{
    *count = G_N_ELEMENTS(plans);
    return plans;
}

char *row_plan(const TableRow *row, guint column)
{
    const char *text = row->cells[column];
    const TmPlan *plan = tm_plan_find(text, strlen(text));
    return plan != NULL ? g_strdup(plan->key) : cell_dup(row, column);
}
