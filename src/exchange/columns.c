/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/words.h>

#include "columns.h"

static const struct tend_custom *custom_of(const struct tend_record_type *t, const void *record)
{
	return t->custom < 0 ? NULL : (const void *)((const char *)record + t->custom);
}

static void add_column(struct columns *c, const struct tend_field *field, const char *name)
{
	*TEND_PUSH(c) = (struct column){field, name};
}

/* The user's own fields come after ours, by name; one that has the name of a field of ours is shadowed. */
static void add_custom(
	struct columns *c, size_t from, const struct tend_record_type *t, const void *record)
{
	const struct tend_custom *custom = custom_of(t, record);
	for (size_t i = 0; custom != NULL && i < custom->n; i++) {
		const char *name = custom->items[i].name;
		size_t low = from, high = c->n;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (strcmp(c->items[middle].name, name) < 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		bool known = low < c->n && strcmp(c->items[low].name, name) == 0;
		if (known || tend_field_find(t, name) != NULL) {
			continue;
		}
		add_column(c, NULL, name);
		memmove(&c->items[low + 1], &c->items[low], (c->n - 1 - low) * sizeof(c->items[0]));
		c->items[low] = (struct column){NULL, name};
	}
}

static void add_fields(struct columns *c, const struct tend_record_type *t, unsigned without)
{
	for (size_t i = 0; i < t->nfields; i++) {
		if ((t->fields[i].flags & (TEND_F_HIDDEN | without)) == 0) {
			add_column(c, &t->fields[i], t->fields[i].name);
		}
	}
}

static void add_asked(
	struct columns *c, const struct tend_record_type *t, const struct tend_print *how)
{
	for (size_t i = 0; i < how->nfields; i++) {
		add_column(c, tend_field_find(t, how->fields[i]), how->fields[i]);
	}
}

void columns_of_list(
	const struct tend_list *list, const struct tend_print *how, struct columns *ret)
{
	*ret = (struct columns){0};
	if (how->fields != NULL) {
		add_asked(ret, list->type, how);
		return;
	}
	bool table = how->format == TEND_AS_TABLE;
	add_fields(ret, list->type, table ? TEND_F_WIDE : 0);
	size_t own = ret->n;
	for (size_t i = 0; !table && list->type->custom >= 0 && i < list->n; i++) {
		add_custom(ret, own, list->type, tend_list_at(list, i));
	}
}

void columns_of_record(const struct tend_record_type *t, const void *record,
	const struct tend_print *how, struct columns *ret)
{
	*ret = (struct columns){0};
	if (how->fields != NULL) {
		add_asked(ret, t, how);
		return;
	}
	add_fields(ret, t, 0);
	add_custom(ret, ret->n, t, record);
}

void columns_finish(struct columns *c)
{
	free(c->items);
	*c = (struct columns){0};
}

const char *column_title(const struct column *c)
{
	const char *title = c->field != NULL ? tend_pick(c->field->title) : "";
	return *title != '\0' ? title : c->name;
}

bool column_is_number(const struct column *c)
{
	if (c->field == NULL) {
		return false;
	}
	enum tend_type type = c->field->type;
	return type == TEND_INT || type == TEND_NUMBER || type == TEND_RATIO || type == TEND_MONEY;
}

bool column_is_text(const struct column *c)
{
	return c->field == NULL || c->field->type == TEND_TEXT || c->field->type == TEND_TAGS
		|| c->field->type == TEND_TERMS;
}

struct tend_value column_value(
	const struct column *c, const struct tend_record_type *t, const void *record)
{
	if (c->field != NULL) {
		return tend_field_get(c->field, record);
	}
	const struct tend_custom *custom = custom_of(t, record);
	for (size_t i = 0; custom != NULL && i < custom->n; i++) {
		if (strcmp(custom->items[i].name, c->name) == 0) {
			const char *text = custom->items[i].value;
			return (struct tend_value){
				.type = TEND_TEXT, .null = text == NULL, .text = text};
		}
	}
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

/* At most two decimals, none that are zero. */
static void add_short_number(struct tend_str *out, double value)
{
	size_t from = out->len;
	tend_str_addf(out, "%.2f", value);
	while (out->len > from && out->data[out->len - 1] == '0') {
		out->data[--out->len] = '\0';
	}
	if (out->data[out->len - 1] == '.') {
		out->data[--out->len] = '\0';
	}
	if (strcmp(out->data + from, "-0") == 0) {
		out->len = from;
		tend_str_addc(out, '0');
	}
}

static void add_terms(struct tend_str *out, const struct tend_terms *terms)
{
	for (size_t i = 0; terms != NULL && i < terms->n; i++) {
		tend_str_add(out, i > 0 ? ", " : "");
		tend_str_addf(
			out, "%s ", terms->items[i].label != NULL ? terms->items[i].label : "");
		add_short_number(out, terms->items[i].points);
	}
}

static void add_tags(struct tend_str *out, const char *tags)
{
	for (; tags != NULL && *tags != '\0'; tags++) {
		tend_str_addc(out, *tags);
		if (*tags == ',') {
			tend_str_addc(out, ' ');
		}
	}
}

/* One of a few words is said in the language; in English it is the word that filters take. */
static void add_text(const struct tend_record_type *t, const struct column *c, const char *text,
	struct tend_str *out)
{
	bool word = c->field != NULL && c->field->values != NULL && tend_lang() != TEND_EN;
	tend_str_add(out, word ? tend_word_of(t, c->field->name, text) : text);
}

void column_people(const struct tend_record_type *t, const struct column *c, struct tend_value v,
	struct tend_str *out)
{
	bool text = v.type == TEND_TEXT || v.type == TEND_TAGS || v.type == TEND_TERMS;
	bool real = v.type == TEND_NUMBER || v.type == TEND_RATIO;
	if (v.null || (real && !isfinite(v.number))) {
		tend_str_add(out, text ? "" : COLUMN_UNKNOWN);
		return;
	}
	switch (v.type) {
	case TEND_BOOL:
		tend_str_add(out, v.integer != 0 ? _("yes") : _("no"));
		break;
	case TEND_NUMBER:
		if (c->field != NULL && c->field->decimals > 0) {
			tend_str_addf(out, "%.*f", c->field->decimals, v.number);
		} else {
			add_short_number(out, v.number);
		}
		break;
	case TEND_RATIO:
		tend_str_addf(out, "%.2f %%", v.number * 100);
		break;
	case TEND_TAGS:
		add_tags(out, v.text);
		break;
	case TEND_TERMS:
		add_terms(out, v.terms);
		break;
	case TEND_TEXT:
		add_text(t, c, v.text, out);
		break;
	default:
		tend_value_format(v, out);
		break;
	}
}

/* KEY#N where there are several of a key: as commands take it. */
static void add_occurrence(
	const struct tend_record_type *t, const void *record, struct tend_str *out)
{
	const struct tend_milestone *m = record;
	if (t == &tend_milestone_type && m->repeats == 1) {
		tend_str_addf(out, "#%" PRId64, m->occurrence);
	}
}

void column_keys(const struct tend_record_type *t, const void *record, struct tend_str *out)
{
	const struct tend_field *key = &t->fields[0];
	for (size_t i = 0; i < t->nfields; i++) {
		if ((t->fields[i].flags & TEND_F_KEY) != 0) {
			key = &t->fields[i];
			break;
		}
	}
	tend_value_format(tend_field_get(key, record), out);
	add_occurrence(t, record, out);
}
