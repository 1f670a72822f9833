/* tidemark report: the reports of a published week again, or data of a longer time, from the
 * archive alone. */
#include "command.h"
#include "render.h"
#include "report_period.h"

gboolean tm_command_report(TmInvocation *invocation, GError **error)
{
    TmSettings settings = {0};
    gboolean fine =
        tm_settings_load(&settings, invocation->config, invocation->diagnostics, error) &&
        (tm_report_period_wanted(invocation)
                ? tm_report_period(invocation, &settings, error)
                : tm_render(invocation, &settings, invocation->week, error));
    if (fine && !invocation->dry_run)
        fine = tm_audit_append(settings.audit_path, "report", "", error);
    tm_settings_clear(&settings);
    return fine;
}
