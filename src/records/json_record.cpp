/*
 * The C++ side of records.h: simdjson's on-demand reader with its iterators kept on a small
 * stack, one level for each object or array that was entered. Nothing here throws: simdjson is
 * used through its error codes only.
 */
#include <tidemark/records.h>

/* Without them, a result that is taken without looking at its error does not compile. */
#define SIMDJSON_EXCEPTIONS 0

#include <cstring>
#include <simdjson.h>

#include "byte_marks.h"

using namespace simdjson;

static_assert(
    TM_BYTES_PADDING >= SIMDJSON_PADDING, "simdjson reads further than the window allows");

namespace {

struct Level {
    bool is_array = false;
    bool begun = false; /* the iterator stands on an element that was handed out */
    ondemand::array array;
    ondemand::array_iterator element, last_element;
    ondemand::object object;
    ondemand::object_iterator member, last_member;
};

} // namespace

struct TmJsonRecord {
    ondemand::parser parser;
    ondemand::document document;
    simdjson_result<ondemand::field> member; /* current, where it is made: copies cost time */
    simdjson_result<ondemand::value> element;
    ondemand::value *value = nullptr; /* of the current member or element */
    Level levels[TM_JSON_LEVELS];
    int depth = 0; /* levels in use */
    const char *text = nullptr;
    gsize length = 0;
    const char *key = nullptr; /* behind its opening quote */
    TmJsonFault fault = TM_JSON_FAULT_NONE;
    gsize fault_offset = 0;
};

/* `location` is where it failed, or NULL: where simdjson stands. */
static bool fail(TmJsonRecord *record, error_code code, const char *location = nullptr)
{
    if (record->fault != TM_JSON_FAULT_NONE)
        return false;
    record->fault = code == UTF8_ERROR     ? TM_JSON_FAULT_UTF8
                    : code == STRING_ERROR ? TM_JSON_FAULT_STRING
                                           : TM_JSON_FAULT_SYNTAX;
    if (location == nullptr && record->depth > 0 &&
        record->document.current_location().get(location) != SUCCESS)
        location = nullptr;
    if (location >= record->text && location < record->text + record->length)
        record->fault_offset = static_cast<gsize>(location - record->text);
    record->depth = 0;
    return false;
}

TmJsonRecord *tm_json_record_new(void)
{
    return new TmJsonRecord();
}

void tm_json_record_free(TmJsonRecord *record)
{
    delete record;
}

static bool push_object(TmJsonRecord *record, ondemand::object object)
{
    Level &level = record->levels[record->depth];
    level.is_array = level.begun = false;
    level.object = object;
    error_code code = object.begin().get(level.member);
    if (code == SUCCESS)
        code = object.end().get(level.last_member);
    if (code != SUCCESS)
        return fail(record, code);
    record->depth++;
    return true;
}

static bool push_array(TmJsonRecord *record, ondemand::array array)
{
    Level &level = record->levels[record->depth];
    level.is_array = true;
    level.begun = false;
    level.array = array;
    error_code code = array.begin().get(level.element);
    if (code == SUCCESS)
        code = array.end().get(level.last_element);
    if (code != SUCCESS)
        return fail(record, code);
    record->depth++;
    return true;
}

gboolean tm_json_record_open(TmJsonRecord *record, const char *text, gsize length)
{
    record->text = text;
    record->length = length;
    record->depth = 0;
    record->fault = TM_JSON_FAULT_NONE;
    record->fault_offset = 0;
    padded_string_view view(text, length, length + TM_BYTES_PADDING);
    ondemand::object object;
    error_code code = record->parser.iterate(view).get(record->document);
    if (code == SUCCESS)
        code = record->document.get_object().get(object);
    return code == SUCCESS ? push_object(record, object) : fail(record, code);
}

/* The first quote or backslash of a string; simdjson has made sure that it ends. */
static inline const char *quote_or_escape(const char *at)
{
    return tm_marks_find(at, '"', '\\', '"', '\\');
}

static bool next_member(TmJsonRecord *record, Level &level)
{
    if (level.begun)
        ++level.member;
    level.begun = true;
    if (!(level.member != level.last_member)) {
        record->depth--;
        return false;
    }
    auto member = ::new (&record->member) simdjson_result<ondemand::field>(*level.member);
    if (member->error() != SUCCESS)
        return fail(record, member->error());
    ondemand::field &field = member->value_unsafe();
    record->key = field.first.raw();
    record->value = &field.second;
    return true;
}

static bool next_element(TmJsonRecord *record, Level &level)
{
    if (level.begun)
        ++level.element;
    level.begun = true;
    if (!(level.element != level.last_element)) {
        record->depth--;
        return false;
    }
    auto element = ::new (&record->element) simdjson_result<ondemand::value>(*level.element);
    if (element->error() != SUCCESS)
        return fail(record, element->error());
    record->value = &element->value_unsafe();
    return true;
}

gboolean tm_json_record_next(TmJsonRecord *record)
{
    if (record->depth == 0)
        return FALSE;
    Level &level = record->levels[record->depth - 1];
    return level.is_array ? next_element(record, level) : next_member(record, level);
}

/* simdjson gives the key's start only; its end is looked for when it is wanted. */
const char *tm_json_record_key(const TmJsonRecord *record, gsize *length)
{
    *length = 0;
    if (record->key == nullptr)
        return nullptr;
    const char *end = record->text + record->length, *at = quote_or_escape(record->key);
    while (at < end && *at == '\\')
        at = quote_or_escape(at + 2);
    *length = static_cast<gsize>(at - record->key);
    return record->key;
}

gboolean tm_json_record_has_key(const TmJsonRecord *record, const char *name, gsize length)
{
    const char *key = record->key;
    return key != nullptr && key + length < record->text + record->length && key[length] == '"' &&
           memcmp(key, name, length) == 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static error_code take_number(TmJsonRecord *record, TmJsonValue *value)
{
    std::string_view token = record->value->raw_json_token();
    size_t length = token.size();
    while (length > 0 && is_blank(token[length - 1]))
        length--;
    value->text = token.data();
    value->length = length;
    return SUCCESS;
}

/* Strings without escapes stay where they are. */
static error_code take_string(TmJsonRecord *record, const char *start, TmJsonValue *value)
{
    const char *end = quote_or_escape(start + 1);
    if (*end == '"') {
        value->text = start + 1;
        value->length = static_cast<gsize>(end - value->text);
        return record->value->get_raw_json_string().error(); /* it counts as read */
    }
    std::string_view text;
    error_code code = record->value->get_string().get(text);
    value->text = text.data();
    value->length = text.size();
    return code;
}

static error_code take_boolean(TmJsonRecord *record, TmJsonValue *value)
{
    bool truth = false;
    error_code code = record->value->get_bool().get(truth);
    value->truth = truth;
    return code;
}

static error_code take_null(TmJsonRecord *record)
{
    bool is_null = false;
    error_code code = record->value->is_null().get(is_null);
    return code == SUCCESS && !is_null ? N_ATOM_ERROR : code;
}

static error_code find_kind(TmJsonRecord *record, TmJsonKind *kind)
{
    static const TmJsonKind kinds[] = {TM_JSON_ARRAY, TM_JSON_OBJECT, TM_JSON_NUMBER,
        TM_JSON_STRING, TM_JSON_BOOLEAN, TM_JSON_NULL};
    ondemand::json_type type;
    error_code code = record->value->type().get(type);
    if (code == SUCCESS)
        *kind = kinds[static_cast<int>(type) - static_cast<int>(ondemand::json_type::array)];
    return code;
}

TmJsonKind tm_json_record_kind(TmJsonRecord *record)
{
    TmJsonKind kind = TM_JSON_BROKEN;
    error_code code = record->depth == 0 ? SUCCESS : find_kind(record, &kind);
    if (code != SUCCESS)
        fail(record, code);
    return kind;
}

gboolean tm_json_record_begins(TmJsonRecord *record, const char *text)
{
    if (record->depth == 0)
        return FALSE;
    const char *start = record->value->raw_json_token().data();
    size_t length = strlen(text);
    return start + 1 + length <= record->text + record->length && *start == '"' &&
           memcmp(start + 1, text, length) == 0;
}

void tm_json_record_value(TmJsonRecord *record, TmJsonValue *value)
{
    memset(value, 0, sizeof *value);
    value->kind = TM_JSON_BROKEN;
    if (record->depth == 0)
        return;
    const char *start = record->value->raw_json_token().data();
    error_code code = find_kind(record, &value->kind);
    if (code == SUCCESS) {
        code = value->kind == TM_JSON_NUMBER    ? take_number(record, value)
               : value->kind == TM_JSON_STRING  ? take_string(record, start, value)
               : value->kind == TM_JSON_BOOLEAN ? take_boolean(record, value)
               : value->kind == TM_JSON_NULL    ? take_null(record)
                                                : SUCCESS;
    }
    if (code != SUCCESS) {
        fail(record, code, start);
        value->kind = TM_JSON_BROKEN;
    }
}

gboolean tm_json_record_enter(TmJsonRecord *record)
{
    if (record->depth == 0 || record->depth == TM_JSON_LEVELS)
        return FALSE;
    ondemand::json_type type;
    ondemand::array array;
    ondemand::object object;
    error_code code = record->value->type().get(type);
    if (code == SUCCESS && type == ondemand::json_type::array) {
        code = record->value->get_array().get(array);
        if (code == SUCCESS)
            return push_array(record, array);
    } else if (code == SUCCESS) {
        code = record->value->get_object().get(object);
        if (code == SUCCESS)
            return push_object(record, object);
    }
    return fail(record, code);
}

gboolean tm_json_record_again(TmJsonRecord *record)
{
    if (record->depth == 0 || record->depth == TM_JSON_LEVELS)
        return FALSE;
    Level &level = record->levels[record->depth];
    bool any = false;
    error_code code = level.is_array ? level.array.reset().get(any) : level.object.reset().get(any);
    if (code != SUCCESS)
        return fail(record, code);
    return level.is_array ? push_array(record, level.array) : push_object(record, level.object);
}

gboolean tm_json_record_at_end(TmJsonRecord *record)
{
    const char *location = nullptr;
    if (record->fault != TM_JSON_FAULT_NONE || record->depth != 0)
        return false;
    return record->document.current_location().get(location) == OUT_OF_BOUNDS;
}

TmJsonFault tm_json_record_fault(const TmJsonRecord *record, gsize *offset)
{
    *offset = record->fault_offset;
    return record->fault;
}

gboolean tm_utf8_is_valid(const char *text, gsize length)
{
    return validate_utf8(text, length);
}
