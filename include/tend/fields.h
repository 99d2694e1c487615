/* SPDX-License-Identifier: MIT */
/*
 * How the description tables of records are written: one macro per type, which does not compile where
 * the member of the struct has another C type. Further members (`.values`, `.max`, `.min`) may follow. For
 * sources with such tables alone.
 */
#ifndef TEND_FIELDS_H
#define TEND_FIELDS_H

#include <stddef.h>

#include <tend/record.h>

#define FIELD_OFFSET(s, m, c_type)                                                                 \
	(offsetof(s, m) + 0 * sizeof(char[_Generic(((s *)0)->m, c_type : 1)]))
#define FIELD_OF(s, m, t, c_type, f, title_en, title_zh, ...)                                      \
	{                                                                                          \
		.name = #m, .type = (t), .offset = FIELD_OFFSET(s, m, c_type), .flags = (f),       \
		.title = {title_en, title_zh}, __VA_ARGS__                                         \
	}

#define TEXT(s, m, f, ...) FIELD_OF(s, m, TEND_TEXT, const char *, f, __VA_ARGS__)
#define INT(s, m, f, ...) FIELD_OF(s, m, TEND_INT, int64_t, f, __VA_ARGS__)
#define NUMBER(s, m, f, ...) FIELD_OF(s, m, TEND_NUMBER, double, f, __VA_ARGS__)
#define MONEY(s, m, f, ...) FIELD_OF(s, m, TEND_MONEY, int64_t, f, __VA_ARGS__)
#define DATE(s, m, f, ...) FIELD_OF(s, m, TEND_DATE, struct tend_date, f, __VA_ARGS__)
#define BOOL(s, m, f, ...) FIELD_OF(s, m, TEND_BOOL, int64_t, f, __VA_ARGS__)
#define TIME(s, m, f, ...) FIELD_OF(s, m, TEND_TIME, int64_t, f, __VA_ARGS__)
#define RATIO(s, m, f, ...) FIELD_OF(s, m, TEND_RATIO, double, f, __VA_ARGS__)
#define TAGS(s, m, f, ...) FIELD_OF(s, m, TEND_TAGS, const char *, f, __VA_ARGS__)
#define TERMS(s, m, f, ...) FIELD_OF(s, m, TEND_TERMS, struct tend_terms, f, __VA_ARGS__)

/* The number of a row, never shown unless the flags are given by hand. */
#define ROW_ID(s, m) INT(s, m, TEND_F_ID | TEND_F_HIDDEN | TEND_F_DERIVED, #m, #m)

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* Of the struct `s` with that table of fields, and no fields of the user's own. */
#define RECORD_TYPE_OF(s, noun, en, zh, table)                                                     \
	{                                                                                          \
		.name = noun, .title = {en, zh}, .size = sizeof(s), .fields = table,               \
		.nfields = COUNT_OF(table), .custom = -1,                                          \
	}

#endif
