/* Why a record of JSON could not be read, and where in its file. */
#include <tidemark/records.h>

static const struct {
    TmDiagnosticKind kind;
    const char *text;
} faults[] = {
    [TM_JSON_FAULT_UTF8] = {TM_KIND_BAD_ENCODING, "bytes that are not UTF-8"},
    [TM_JSON_FAULT_STRING] = {TM_KIND_BAD_JSON,
        "a string with a bad escape, or half of a surrogate pair"},
    [TM_JSON_FAULT_SYNTAX] = {TM_KIND_BAD_JSON, "not well-formed"},
};

gboolean tm_json_record_report(const TmJsonRecord *record, const char *path,
    const TmJsonPiece *piece, TmDiagnostics *diagnostics)
{
    gsize offset;
    TmJsonFault fault = tm_json_record_fault(record, &offset);
    if (fault == TM_JSON_FAULT_NONE)
        return FALSE;
    TmPlace place = {path, piece->line, piece->column, NULL};
    for (gsize i = 0; i < offset; i++) {
        place.column = piece->text[i] == '\n' ? 1 : place.column + 1;
        place.line += piece->text[i] == '\n' ? 1 : 0;
    }
    tm_diagnostics_report(diagnostics, faults[fault].kind, &place, "%s", faults[fault].text);
    return TRUE;
}
