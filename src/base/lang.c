/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>

#include "catalogue.h"

static enum tend_lang current;

void tend_lang_set(enum tend_lang lang)
{
	current = lang;
}

enum tend_lang tend_lang(void)
{
	return current;
}

bool tend_lang_parse(const char *s, enum tend_lang *ret)
{
	static const struct {
		const char *name;
		enum tend_lang lang;
	} names[] = {{"en", TEND_EN}, {"zh", TEND_ZH}};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i].name);
		if (strncmp(s, names[i].name, n) == 0
			&& (s[n] == '\0' || strchr("_-.@", s[n]) != NULL)) {
			*ret = names[i].lang;
			return true;
		}
	}
	return false;
}

enum tend_lang tend_lang_from_env(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0') {
			enum tend_lang lang;
			return tend_lang_parse(value, &lang) ? lang : TEND_EN;
		}
	}
	return TEND_EN;
}

static int compare(const void *message, const void *entry)
{
	return strcmp(message, ((const struct catalogue_entry *)entry)->message);
}

const char *tend_tr(const char *message)
{
	if (current != TEND_ZH) {
		return message;
	}
	const struct catalogue_entry *found = bsearch(
		message, catalogue_zh, catalogue_zh_count, sizeof(catalogue_zh[0]), compare);
	return found != NULL ? found->translation : message;
}

const char *tend_pick(struct tend_text text)
{
	const char *first = current == TEND_ZH ? text.zh : text.en;
	const char *second = current == TEND_ZH ? text.en : text.zh;
	return first != NULL ? first : second != NULL ? second : "";
}
