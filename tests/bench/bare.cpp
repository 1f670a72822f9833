/*
 * bench_bare csv|json FILE: the least that a library does with these bytes, as something to measure
 * readers against. CSV: libcsv in strict mode, counting fields. JSON: simdjson's on-demand reader,
 * one document after another, stepping over the members of each.
 */
#include <cstdio>
#include <cstring>
#include <csv.h>
#include <simdjson.h>

using namespace simdjson;

static size_t fields;

static void count_field(void *, size_t, void *)
{
    fields++;
}

static int read_csv(const char *path)
{
    static char block[64 * 1024];
    csv_parser parser;
    FILE *file = fopen(path, "rb");
    if (file == nullptr || csv_init(&parser, CSV_STRICT) != 0)
        return 2;
    for (size_t length; (length = fread(block, 1, sizeof block, file)) > 0;)
        if (csv_parse(&parser, block, length, count_field, nullptr, nullptr) != length)
            return 1;
    csv_fini(&parser, count_field, nullptr, nullptr);
    csv_free(&parser);
    fclose(file);
    return 0;
}

/* Steps over the members; of an array of records, over the members of each. */
static error_code step_over(ondemand::value value, int depth)
{
    ondemand::json_type type;
    error_code code = value.type().get(type);
    if (code != SUCCESS || depth == 0)
        return code;
    if (type == ondemand::json_type::object) {
        for (auto member : value.get_object())
            if ((code = member.error()) != SUCCESS ||
                (code = step_over(member.value(), depth - 1)) != SUCCESS)
                return code;
    } else if (type == ondemand::json_type::array) {
        for (auto element : value.get_array())
            if ((code = element.error()) != SUCCESS ||
                (code = step_over(element.value(), depth - 1)) != SUCCESS)
                return code;
    }
    fields++;
    return SUCCESS;
}

static int read_json(const char *path)
{
    padded_string text;
    ondemand::parser parser;
    if (padded_string::load(path).get(text) != SUCCESS)
        return 2;
    const char *at = text.data(), *end = at + text.size();
    while (at < end) {
        const char *newline = static_cast<const char *>(memchr(at, '\n', end - at));
        size_t length = (newline != nullptr ? newline : end) - at;
        ondemand::document document;
        ondemand::value value;
        error_code code = SUCCESS;
        if (length > 0) {
            padded_string_view line(at, length, text.data() + text.size() + SIMDJSON_PADDING - at);
            code = parser.iterate(line).get(document);
            if (code == SUCCESS)
                code = document.get_value().get(value);
            if (code == SUCCESS)
                code = step_over(value, 3);
        }
        if (code != SUCCESS)
            return 1;
        at += length + 1;
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fputs("usage: bench_bare csv|json FILE\n", stderr);
        return 2;
    }
    int code = strcmp(arguments[1], "csv") == 0 ? read_csv(arguments[2]) : read_json(arguments[2]);
    printf("%zu fields\n", fields);
    return code;
}
