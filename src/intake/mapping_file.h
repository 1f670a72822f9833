/*
 * mapping_file: a mapping file as elements and attributes, read so that it can reach nothing but
 * itself: no document type, no entity, no other file, no network, a limit on size and depth.
 */
#ifndef TIDEMARK_INTAKE_MAPPING_FILE_H
#define TIDEMARK_INTAKE_MAPPING_FILE_H

#include <tidemark/base.h>

typedef struct TmMappingFile {
    const char *path;
    guint line;  /* being parsed, from 1 */
    guint depth; /* of the element that begins: 0 outermost */
    /* An element begins. FALSE with an error when it cannot be taken. */
    gboolean (*begin)(gpointer user, const char *element, const char **names, const char **values,
        GError **error);
    gpointer user;
} TmMappingFile;

/* An attribute that an element may have. */
typedef struct TmAttribute {
    const char *name;
    const char *value; /* interned; NULL where the element lacks it or it is empty */
} TmAttribute;

/* Sets an error that names file and line. Returns FALSE. */
gboolean tm_mapping_refuse(const TmMappingFile *file, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/*
 * Reads a file and calls begin() for each element. Refused are files that are no regular ones, that
 * a link leads to out of their folder, that are too large, not UTF-8 or not well-formed. A file
 * without any element is fine.
 */
gboolean tm_mapping_file_parse(TmMappingFile *file, GError **error);

/* Takes the values of `wanted`, of which the first `needed` must be there. FALSE with an error. */
gboolean tm_mapping_take_attributes(const TmMappingFile *file, const char *element,
    const char **names, const char **values, TmAttribute *wanted, guint count, guint needed,
    GError **error);

#endif
