/* finish_metadata: what the file says about itself, and the colour space of its colours. */
#include <math.h>
#include <string.h>

#include "finish.h"

/* ---- XMP --------------------------------------------------------------------------------- */

/* g_markup_escape_text, without the control characters that XML forbids. */
static char *escape(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *kept = g_string_new(NULL);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c >= 0x20 || c == '\t' || c == '\n') && c != 0x7F && (c & 0xFFFE) != 0xFFFE)
            g_string_append_unichar(kept, c);
    }
    char *escaped = g_markup_escape_text(kept->str, -1);
    g_string_free(kept, TRUE);
    return escaped;
}

/* PDF/A wants every property that is not of its own schemas described; PDF/UA's is one. */
static const char pdfua_schema[] =
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of PDF/UA that the file meets</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n";

static void append_alternative(GString *xmp, const char *element, const char *text)
{
    g_autofree char *escaped = escape(text);
    g_string_append_printf(xmp,
        "<dc:%s><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:%s>\n", element,
        escaped, element);
}

char *tm_finish_xmp(const TmDocument *document)
{
    g_autofree char *language = escape(document->language);
    g_autofree char *day = tm_day_format(document->date);
    GString *xmp =
        g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\""
                     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                     " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                     " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                     " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
    g_string_append(xmp, "<dc:format>application/pdf</dc:format>\n");
    append_alternative(xmp, "title", document->title);
    if (document->subject != NULL)
        append_alternative(xmp, "description", document->subject);
    if (document->identifier != NULL) {
        g_autofree char *identifier = escape(document->identifier);
        g_string_append_printf(xmp, "<dc:identifier>%s</dc:identifier>\n", identifier);
    }
    g_string_append_printf(
        xmp, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", language);
    g_string_append_printf(xmp,
        "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n"
        "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n"
        "<xmp:CreatorTool>Tidemark " TM_VERSION "</xmp:CreatorTool>\n"
        "<pdf:Producer>Tidemark " TM_VERSION "</pdf:Producer>\n",
        day, day);
    g_string_append(xmp, "<pdfaid:part>3</pdfaid:part>\n"
                         "<pdfaid:conformance>A</pdfaid:conformance>\n"
                         "<pdfuaid:part>1</pdfuaid:part>\n"
                         "</rdf:Description>\n");
    g_string_append(xmp, pdfua_schema);
    g_string_append(xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return g_string_free(xmp, FALSE);
}

/* ---- sRGB profile ------------------------------------------------------------------------ */

static void append_u16(GByteArray *out, guint16 value)
{
    guint16 big = GUINT16_TO_BE(value);
    g_byte_array_append(out, (const guint8 *)&big, sizeof big);
}

static void append_u32(GByteArray *out, guint32 value)
{
    guint32 big = GUINT32_TO_BE(value);
    g_byte_array_append(out, (const guint8 *)&big, sizeof big);
}

static void append_name(GByteArray *out, const char *name)
{
    g_byte_array_append(out, (const guint8 *)name, 4);
}

/* s15Fixed16Number */
static void append_fixed(GByteArray *out, double value)
{
    append_u32(out, (guint32)(gint32)lround(value * 65536));
}

static void append_fixed_list(GByteArray *out, const char *type, const double *values, guint count)
{
    append_name(out, type);
    append_u32(out, 0);
    for (guint i = 0; i < count; i++)
        append_fixed(out, values[i]);
}

/* multiLocalizedUnicodeType with one English text of ASCII. */
static void append_text(GByteArray *out, const char *text)
{
    const guint32 header = 28;
    append_name(out, "mluc");
    append_u32(out, 0);
    append_u32(out, 1);
    append_u32(out, 12);
    append_u16(out, 0x656E); /* en */
    append_u16(out, 0x5553); /* US */
    append_u32(out, (guint32)strlen(text) * 2);
    append_u32(out, header);
    for (const char *p = text; *p != '\0'; p++)
        append_u16(out, (guint16)*p);
}

/* Colorants and white adapted to D50, as ICC wants them; the curve of IEC 61966-2-1. */
static const double white[] = {0.9642, 1.0, 0.8249};
static const double red[] = {0.43607, 0.22249, 0.01392};
static const double green[] = {0.38515, 0.71687, 0.09708};
static const double blue[] = {0.14307, 0.06061, 0.71410};
static const double adaptation[] = {
    1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168};
static const double curve[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

typedef struct ProfileTag {
    const char *name;
    const char *type;
    const double *values; /* NULL: a text, or the curve of the tag before */
    guint count;
    const char *text;
} ProfileTag;

static const ProfileTag profile_tags[] = {
    {"desc", "mluc", NULL, 0, "sRGB"},
    {"cprt", "mluc", NULL, 0, "No copyright, use freely"},
    {"wtpt", "XYZ ", white, 3, NULL},
    {"chad", "sf32", adaptation, 9, NULL},
    {"rXYZ", "XYZ ", red, 3, NULL},
    {"gXYZ", "XYZ ", green, 3, NULL},
    {"bXYZ", "XYZ ", blue, 3, NULL},
    {"rTRC", "para", curve, 5, NULL},
    {"gTRC", NULL, NULL, 0, NULL},
    {"bTRC", NULL, NULL, 0, NULL},
};

static void append_tag_data(GByteArray *data, const ProfileTag *tag)
{
    if (tag->text != NULL) {
        append_text(data, tag->text);
    } else if (tag->values == curve) {
        append_name(data, "para");
        append_u32(data, 0);
        append_u16(data, 3); /* with a straight part near black */
        append_u16(data, 0);
        for (guint i = 0; i < tag->count; i++)
            append_fixed(data, tag->values[i]);
    } else {
        append_fixed_list(data, tag->type, tag->values, tag->count);
    }
    while (data->len % 4 != 0)
        g_byte_array_append(data, (const guint8 *)"", 1);
}

static void append_header(GByteArray *out, guint32 size)
{
    append_u32(out, size);
    append_u32(out, 0); /* no preferred module */
    append_u32(out, 0x04200000);
    append_name(out, "mntr");
    append_name(out, "RGB ");
    append_name(out, "XYZ ");
    static const guint16 created[] = {2026, 1, 1, 0, 0, 0};
    for (guint i = 0; i < G_N_ELEMENTS(created); i++)
        append_u16(out, created[i]);
    append_name(out, "acsp");
    for (guint i = 0; i < 7; i++) /* platform, flags, device, attributes, intent */
        append_u32(out, 0);
    for (guint i = 0; i < G_N_ELEMENTS(white); i++)
        append_fixed(out, white[i]);
    while (out->len < 128)
        append_u32(out, 0);
}

GBytes *tm_finish_srgb_profile(void)
{
    const guint32 count = G_N_ELEMENTS(profile_tags);
    const guint32 data_start = 128 + 4 + 12 * count;
    g_autoptr(GByteArray) data = g_byte_array_new();
    g_autoptr(GByteArray) table = g_byte_array_new();
    guint32 offset = 0, size = 0;
    append_u32(table, count);
    for (guint32 i = 0; i < count; i++) {
        if (profile_tags[i].type != NULL) {
            offset = data_start + data->len;
            append_tag_data(data, &profile_tags[i]);
            size = data_start + data->len - offset;
        }
        append_name(table, profile_tags[i].name);
        append_u32(table, offset);
        append_u32(table, size);
    }
    GByteArray *out = g_byte_array_new();
    append_header(out, data_start + data->len);
    g_byte_array_append(out, table->data, table->len);
    g_byte_array_append(out, data->data, data->len);
    return g_byte_array_free_to_bytes(out);
}
