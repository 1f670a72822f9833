/* settings_text: the commented tidemark.ini that `init` writes. Owned by the caller. */
#ifndef SETUP_SETTINGS_TEXT_H
#define SETUP_SETTINGS_TEXT_H

#include <tidemark/setup.h>

char *settings_example(void);

#endif
