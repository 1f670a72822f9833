/*
 * model_name: names of models as sources and price lists write them, in one form.
 *
 * "us.anthropic.claude-opus-4-1-20250805-v1:0", "anthropic/claude-opus-4.1" and "Claude Opus 4.1"
 * are one model. Names are compared whole: no form is ever part of another name.
 */
#ifndef SETUP_MODEL_NAME_H
#define SETUP_MODEL_NAME_H

#include <glib.h>

/* Longer names are no models. */
#define MODEL_NAME_SIZE 128

/*
 * Writes the name in lower case, without provider, region and version of the platform, with "-" for
 * blanks and points. Gives its length; 0 if it cannot be one. Allocates nothing.
 */
gsize model_fold(const char *model, gsize length, char out[MODEL_NAME_SIZE]);

/* The same for the part before the star of a pattern: nothing is taken off its end. */
gsize model_fold_beginning(const char *model, gsize length, char out[MODEL_NAME_SIZE]);

typedef struct ModelForm {
    const char *text; /* not ended by NUL */
    gsize length;
    gboolean fast; /* "-fast" was taken off */
} ModelForm;

#define MOST_MODEL_FORMS 5

/* The names under which a model is looked up, best first. Points into itself. */
typedef struct ModelForms {
    ModelForm forms[MOST_MODEL_FORMS];
    guint count;
    ModelForm whole; /* what patterns are held against: all but "-fast" */
    char text[MODEL_NAME_SIZE];
    char latest[MODEL_NAME_SIZE + sizeof "-latest"];
} ModelForms;

/* FALSE if it cannot be a model. */
gboolean model_forms(ModelForms *forms, const char *model, gsize length);

#endif
