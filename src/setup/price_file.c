/* What the price files of LiteLLM and models.dev have in common: each is one object of JSON. */
#include <string.h>

#include "prices.h"
#include "text_file.h"

#define LONGEST_FIELD 64

TmCell price_file_key(const PriceFile *file)
{
    TmCell key;
    key.text = tm_json_record_key(file->record, &key.length);
    return key;
}

gboolean price_file_enter(PriceFile *file)
{
    TmJsonValue value;
    tm_json_record_value(file->record, &value);
    return value.kind == TM_JSON_OBJECT && tm_json_record_enter(file->record);
}

/* Line of a place behind all that were asked for before. */
static guint64 line_of(PriceFile *file, const char *place)
{
    for (; file->counted < place; file->counted++)
        file->line += *file->counted == '\n' ? 1 : 0;
    return file->line;
}

static void refuse_member(PriceFile *file, TmDiagnosticKind kind, const char *why)
{
    TmCell key = price_file_key(file);
    g_autofree char *field = g_strndup(key.text, MIN(key.length, LONGEST_FIELD));
    tm_diagnostics_report(file->diagnostics, kind,
        &(TmPlace){.file = file->path, .line = line_of(file, key.text), .field = field},
        "%s; the model is left out", why);
}

gboolean price_file_rate(PriceFile *file, int places, gint64 most, gint64 *rate)
{
    TmJsonValue value;
    tm_json_record_value(file->record, &value);
    *rate = RATE_NONE;
    if (value.kind == TM_JSON_NULL)
        return TRUE;
    if ((value.kind == TM_JSON_NUMBER || value.kind == TM_JSON_STRING) &&
        tm_decimal_parse(value.text, value.length, places, rate) && *rate >= 0 && *rate <= most) {
        *rate = *rate > 0 ? *rate : RATE_NONE;
        return TRUE;
    }
    if (value.kind != TM_JSON_BROKEN)
        refuse_member(file, TM_KIND_BAD_NUMBER, "the number cannot be right here");
    return FALSE;
}

PriceBand *price_file_band(PriceFile *file, PriceRow *row, gint64 over)
{
    PriceBand *band = price_row_band(row, over);
    if (band == NULL)
        refuse_member(file, TM_KIND_OUT_OF_RANGE, "there are more than four limits");
    return band;
}

void price_file_add(PriceFile *file, PriceRow *row, TmCell model)
{
    char folded[MODEL_NAME_SIZE];
    gsize length = model_fold(model.text, model.length, folded);
    const gint64 *rates = row->bands[0].rates;
    if (length == 0 || rates[RATE_INPUT] == RATE_NONE || rates[RATE_OUTPUT] == RATE_NONE)
        return;
    row->rank += length == model.length ? 0 : 2; /* a bare name is the reference */
    if (price_table_add(file->table, row, folded, length) || file->too_many)
        return;
    file->too_many = TRUE;
    tm_diagnostics_report(file->diagnostics, TM_KIND_TOO_LONG, &(TmPlace){.file = file->path},
        "there are more than 200,000 prices; the rest is left out");
}

/* ---- Loading ----------------------------------------------------------------------------- */

static gboolean refuse_file(PriceFile *file, gsize length)
{
    gsize offset;
    TmJsonFault fault = tm_json_record_fault(file->record, &offset);
    if (fault == TM_JSON_FAULT_NONE)
        return FALSE;
    file->counted = file->text;
    file->line = 1;
    tm_diagnostics_report(file->diagnostics, TM_KIND_BAD_SETUP,
        &(TmPlace){.file = file->path, .line = line_of(file, file->text + MIN(offset, length))},
        fault == TM_JSON_FAULT_UTF8 ? "the file is not UTF-8"
                                    : "the file is not one object of sound JSON");
    return TRUE;
}

static gboolean read_text(
    Loading *loading, const char *path, PriceFileReader read, const char *text, gsize length)
{
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    PriceFile file = {
        .record = record,
        .table = loading->setup->hidden->prices,
        .diagnostics = loading->diagnostics,
        .path = path,
        .text = text,
        .counted = text,
        .line = 1,
    };
    if (tm_json_record_open(record, text, length))
        read(&file);
    return !refuse_file(&file, length);
}

gboolean price_file_load(Loading *loading, const char *name, PriceFileReader read)
{
    g_autofree char *path = g_build_filename(loading->folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    TextFileState state = text_file_read(
        path, TM_KIND_BAD_SETUP, loading->diagnostics, loading->fingerprint, &text, &length);
    if (state != TEXT_FILE_READ)
        return state == TEXT_FILE_MISSING;
    if (length > TM_RECORD_LIMIT) {
        tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_SETUP, &(TmPlace){.file = path},
            "the file is larger than 16 MiB");
        return FALSE;
    }
    text = g_realloc(text, length + TM_BYTES_PADDING);
    memset(text + length, 0, TM_BYTES_PADDING);
    return read_text(loading, path, read, text, length);
}
