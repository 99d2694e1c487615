/* SPDX-License-Identifier: MIT */
/* What a search looks in: which records and fields, and how their texts are laid out. */
#include <stdlib.h>
#include <string.h>

#include <tend/text.h>

#include "search.h"

const char *tend_found_noun(unsigned kind)
{
	if (kind >= TEND_FOUND_KIND) {
		size_t i = kind - TEND_FOUND_KIND;
		return i < tend_kind_count ? tend_kinds[i]->noun : "";
	}
	return kind == TEND_FOUND_CUSTOMER ? "customer" : "milestone";
}

bool tend_found_kind(const char *noun, unsigned *ret)
{
	for (unsigned i = 0; i < TEND_FOUND_KIND + tend_kind_count; i++) {
		if (strcmp(tend_found_noun(i), noun) == 0) {
			*ret = i;
			return i < TEND_FOUND_KIND
				|| tend_is_searched(tend_kinds[i - TEND_FOUND_KIND]);
		}
	}
	return false;
}

bool tend_is_searched(const struct tend_kind *k)
{
	return k->type != &tend_point_type;
}

bool tend_field_is_searched(const struct tend_field *f)
{
	if ((f->type != TEND_TEXT && f->type != TEND_TAGS) || !tend_field_is_stored(f)) {
		return false;
	}
	bool closed = f->values != NULL && (f->flags & TEND_F_OPEN) == 0;
	return !closed && (f->flags & (TEND_F_CURRENCY | TEND_F_DURATION)) == 0;
}

static uint64_t mix(uint64_t h, const char *text)
{
	do { /* FNV-1a, the NUL included */
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	} while (*text++ != '\0');
	return h;
}

int64_t tend_search_format(void)
{
	uint64_t h = UINT64_C(14695981039346656037) + TEND_SEARCH_FORMAT;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		h = mix(mix(h, k->noun), tend_is_searched(k) ? "1" : "0");
		h = mix(mix(h, k->label), k->when != NULL ? k->when : "");
		for (size_t j = 0; j < k->type->nfields; j++) {
			const struct tend_field *f = &k->type->fields[j];
			h = mix(mix(h, f->name), tend_field_is_searched(f) ? "1" : "0");
		}
	}
	h = mix(h, tend_text_library()); /* another Unicode may fold in another way */
	return (int64_t)(h >> 1);
}

static void add_number(struct tend_str *text, uint64_t n, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--) {
		tend_str_addc(text, (char)(HEAD_BYTE | ((n >> (6 * i)) & 0x3F)));
	}
}

void tend_search_begin(struct tend_str *text, struct tend_search_head head)
{
	int bytes = 1;
	while (bytes < ID_BYTES && (uint64_t)head.id >> (6 * bytes) != 0) {
		bytes++;
	}
	tend_str_addc(text, RECORD_MARK);
	add_number(text, head.kind, 1);
	add_number(text, head.open, 1);
	/* Days are within some thousand years of 1970; 0: none. */
	add_number(text, tend_has_date(head.day) ? (uint64_t)(head.day.day + (1 << 22)) : 0,
		DAY_BYTES);
	add_number(text, (uint64_t)head.id, bytes);
	tend_str_addc(text, '\n');
}

/* What was appended from `from` on has no control character, as a name no end of a line either. */
static void settle(struct tend_str *text, size_t from, bool name)
{
	for (size_t i = from; i < text->len; i++) {
		unsigned char c = (unsigned char)text->data[i];
		if (c < 0x20 && (name || c != '\n')) {
			text->data[i] = ' ';
		}
	}
}

static void add_folded(struct tend_str *text, const char *words, bool name)
{
	size_t from = text->len;
	char *folded = tend_fold(words);
	tend_str_add(text, folded);
	free(folded);
	settle(text, from, name);
}

void tend_search_name(struct tend_str *text, const char *name)
{
	if (name != NULL) {
		add_folded(text, name, true);
	}
	tend_str_addc(text, '\n');
}

void tend_search_title(struct tend_str *text, uint32_t number)
{
	tend_str_addc(text, TITLE_MARK);
	add_number(text, number, TITLE_BYTES);
	tend_str_add(text, "\n\n");
}

void tend_search_line(struct tend_str *text, const char *words)
{
	if (words != NULL && *words != '\0') {
		add_folded(text, words, false);
		tend_str_addc(text, '\n');
	}
}

static const char *text_of(const struct tend_field *f, const void *record)
{
	struct tend_value v = tend_field_get(f, record);
	return v.null ? NULL : v.text;
}

/* The field that is a name of a record: no long text, and none of a closed list. */
static const struct tend_field *name_field(const struct tend_kind *k, const char *name)
{
	const struct tend_field *f = tend_field_find(k->type, name);
	return f != NULL && tend_field_is_searched(f) && (f->flags & TEND_F_LONG) == 0 ? f : NULL;
}

void tend_search_record(struct tend_str *text, const struct tend_kind *k, const void *record)
{
	struct tend_value id = tend_kind_value(k, record, "id");
	struct tend_value when = tend_kind_value(k, record, k->when);
	tend_search_begin(text,
		(struct tend_search_head){
			.kind = TEND_FOUND_KIND + (unsigned)tend_kind_index(k),
			.id = id.integer,
			.day = !when.null && when.type == TEND_DATE ? when.date : TEND_NO_DATE,
			.open = tend_kind_is_open(k, record),
		});
	const struct tend_field *key = name_field(k, "key"), *label = name_field(k, k->label);
	label = label != key ? label : NULL;
	tend_search_name(text, key != NULL ? text_of(key, record) : NULL);
	tend_search_name(text, label != NULL ? text_of(label, record) : NULL);
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if (tend_field_is_searched(f) && f != key && f != label) {
			tend_search_line(text, text_of(f, record));
		}
	}
}

/* --- reading --- */

const char *search_next(const char *at, const char *end)
{
	const char *next =
		at < end ? memchr(at, (unsigned char)RECORD_MARK, (size_t)(end - at)) : NULL;
	return next != NULL ? next : end;
}

static uint64_t number(const char *at, int bytes)
{
	uint64_t n = 0;
	for (int i = 0; i < bytes; i++) {
		n = n << 6 | ((unsigned char)at[i] & 0x3F);
	}
	return n;
}

bool search_read(const char *at, const char *end, struct search_record *ret)
{
	const char *id = at + 3 + DAY_BYTES, *line = id;
	while (line < end && line - id <= ID_BYTES && *line != '\n') {
		line++;
	}
	if (line >= end || line - id < 1 || line - id > ID_BYTES) {
		return false;
	}
	uint64_t day = number(at + 3, DAY_BYTES);
	*ret = (struct search_record){
		.head = {.kind = (unsigned)number(at + 1, 1),
			.open = number(at + 2, 1) != 0,
			.day = day != 0 ? (struct tend_date){(int32_t)day - (1 << 22)}
					: TEND_NO_DATE,
			.id = (int64_t)(number(id, (int)(line - id)) & INT64_MAX)},
		.lines = line + 1,
		.end = end,
	};
	return ret->head.kind < TEND_FOUND_KIND + tend_kind_count;
}

bool search_title(const struct search_record *r, uint32_t *ret)
{
	if (r->end - r->lines < 1 + TITLE_BYTES || *r->lines != TITLE_MARK) {
		return false;
	}
	*ret = (uint32_t)number(r->lines + 1, TITLE_BYTES);
	return true;
}
