/* tidemark report: the reports of a published week again, from the archive alone. */
#include "command.h"
#include "render.h"

gboolean tm_command_report(TmInvocation *invocation, GError **error)
{
    TmSettings settings = {0};
    gboolean fine =
        tm_settings_load(&settings, invocation->config, invocation->diagnostics, error) &&
        tm_render(invocation, &settings, invocation->week, error);
    if (fine && !invocation->dry_run)
        fine = tm_audit_append(settings.audit_path, "report", "", error);
    tm_settings_clear(&settings);
    return fine;
}
