/* SPDX-License-Identifier: MIT */
/* Texts of files against the findings that they must give. Include it after <cmocka.h>. */
#ifndef READING_H
#define READING_H

#include <tend/str.h>
#include <tend/yaml.h>

/* Findings as lines "LINE:COLUMN: error: TEXT"; the caller frees them. */
char *reading_findings(const struct tend_findings *findings);
/* The same of a file that is checked. `env` may be NULL. */
char *reading_check(const char *text, size_t n, const struct tend_yaml_env *env);

/* A row of a table: a file and what is found in it ("" where it is right). */
struct reading_row {
	const char *name, *text, *findings;
};
/* Fails with the row's name and both texts. */
void reading_assert_rows(const struct reading_row *rows, size_t n, const struct tend_yaml_env *env);

/* Reads a journey that has no errors. */
struct tend_journey *reading_journey(const char *text);

/* An environment that knows no other file, and asks for all warnings. */
struct tend_yaml_env reading_strict_env(void);

#endif
