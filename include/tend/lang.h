/* SPDX-License-Identifier: MIT */
/*
 * Languages: the one of the interface (set once by main, switched by `:set lang`), texts that come
 * in several, and the compiled-in translations (po/). The language is the program's only setting
 * that lives outside a handle, as with gettext.
 */
#ifndef TEND_LANG_H
#define TEND_LANG_H

#include <stdbool.h>

enum tend_lang { TEND_EN, TEND_ZH };

/* A text in the languages that the product has; NULL where it lacks one. */
struct tend_text {
	const char *en, *zh;
};

void tend_lang_set(enum tend_lang lang);
enum tend_lang tend_lang(void);
bool tend_lang_parse(const char *s, enum tend_lang *ret); /* "en", "zh", "zh_CN.UTF-8", … */
/* From LC_ALL, LC_MESSAGES, LANG, in this order; English where none says Chinese. */
enum tend_lang tend_lang_from_env(void);

/* The message in the current language; the message itself where there is no translation. */
const char *tend_tr(const char *message) __attribute__((format_arg(1)));
/* The text in the current language, else in the other; never NULL ("" where both lack). */
const char *tend_pick(struct tend_text text);

#define _(message) tend_tr(message)
#define N_(message) message /* marks it for extraction */

#endif
