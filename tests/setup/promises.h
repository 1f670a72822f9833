/* promises: what holds of every setup that could be loaded, whatever is in its files. */
#ifndef TESTS_SETUP_PROMISES_H
#define TESTS_SETUP_PROMISES_H

/*
 * Loads the set-up of these settings. Fails the test when an error was not reported, when what is
 * reported is no text, or when the setup breaks a promise of <tidemark/setup.h>.
 */
void promises_check(const char *settings_path);

#endif
