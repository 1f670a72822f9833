/* Why a JSON record could not be read, in words; see records.h. */
#include <tidemark/records.h>

void tm_json_record_report(const TmJsonRecord *record, const TmJsonPiece *piece, const char *path,
    TmDiagnostics *diagnostics)
{
    static const struct {
        TmDiagnosticKind kind;
        const char *text;
    } faults[] = {
        [TM_JSON_FAULT_UTF8] = {TM_KIND_BAD_ENCODING, "bytes that are not UTF-8"},
        [TM_JSON_FAULT_STRING] = {TM_KIND_BAD_JSON,
            "a string with a bad escape, or half of a surrogate pair"},
        [TM_JSON_FAULT_SYNTAX] = {TM_KIND_BAD_JSON, "not well-formed"},
    };
    gsize offset;
    TmJsonFault fault = tm_json_record_fault(record, &offset);
    TmPlace place = {path, piece->line, piece->column, NULL};
    for (gsize i = 0; i < offset; i++) {
        place.column = piece->text[i] == '\n' ? 1 : place.column + 1;
        place.line += piece->text[i] == '\n' ? 1 : 0;
    }
    tm_diagnostics_report(diagnostics, faults[fault].kind, &place, "%s", faults[fault].text);
}
