/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "field.h"

enum { COUNT_MAX = 1000000000 };

const struct node *node_get(const struct node *mapping, const char *name)
{
	for (size_t i = 0; mapping->kind == NODE_MAPPING && i < mapping->n; i += 2) {
		const struct node *key = mapping->items[i];
		if (key->kind == NODE_SCALAR && !key->broken && tend_same(key->text, name)) {
			return mapping->items[i + 1];
		}
	}
	return NULL;
}

/* What a node is, for messages. */
static const char *kind_of(const struct node *node)
{
	if (node->kind == NODE_SEQUENCE) {
		return _("a list");
	}
	if (node->kind == NODE_MAPPING) {
		return _("a mapping");
	}
	return node_is_null(node) || node->text[0] == '\0' ? _("nothing") : NULL;
}

/* "NAME": expected WHAT, found … */
static bool expected(struct reader *r, const struct node *node, const char *name, const char *what)
{
	const char *kind = kind_of(node);
	if (kind != NULL) {
		report(r, node, TEND_RULE_TYPE, _("\"%s\": expected %s, found %s"), name, what,
			kind);
	} else {
		report(r, node, TEND_RULE_TYPE, _("\"%s\": expected %s, found \"%s\""), name, what,
			quoted(r, node->text));
	}
	return false;
}

static bool is_filled(const struct node *node)
{
	return node->kind == NODE_SCALAR && !node->broken && !node_is_null(node)
		&& node->text[0] != '\0';
}

/* A word that YAML itself takes for something other than a text. */
static bool is_plain_number_or_bool(const struct node *node)
{
	static const char *const words[] = {"yes", "no", "true", "false"};
	double number;
	for (size_t i = 0; i < FIELD_COUNT_OF(words); i++) {
		if (node->plain && tend_same(node->text, words[i])) {
			return true;
		}
	}
	return node->plain && tend_parse_number(node->text, &number);
}

static bool read_one_text(
	struct reader *r, const struct node *node, const char *name, const char **ret)
{
	if (!is_filled(node)) {
		return expected(r, node, name, _("a text"));
	}
	if (is_plain_number_or_bool(node)) {
		report(r, node, TEND_RULE_TYPE,
			_("\"%s\": expected a text, found %s: put it in quotes"), name,
			quoted(r, node->text));
		return false;
	}
	*ret = node->text;
	return true;
}

static bool read_text(
	struct reader *r, const struct node *node, const char *name, struct tend_text *ret)
{
	if (node->kind == NODE_SEQUENCE) {
		return expected(r, node, name, _("a text or {en: …, zh: …}"));
	}
	if (node->kind == NODE_SCALAR) {
		const char *text = NULL;
		bool ok = read_one_text(r, node, name, &text);
		if (ok) { /* one text for every language */
			*ret = (struct tend_text){text, text};
		}
		return ok;
	}
	struct tend_text texts = {0};
	size_t known = 0;
	bool signs = false;
	for (size_t i = 0; i < node->n; i += 2) {
		const struct node *key = node->items[i], *value = node->items[i + 1];
		if (key->kind != NODE_SCALAR || key->broken) {
			report(r, key, TEND_RULE_TYPE, _("a language is one word, such as en"));
			continue;
		}
		const char **member = tend_same(key->text, "en") ? &texts.en
			: tend_same(key->text, "zh")             ? &texts.zh
								 : NULL;
		const char *text = NULL;
		if (member == NULL && report_sign(r, node, key, value)) {
			signs = true;
			continue;
		}
		if (member == NULL) {
			warn(r, key, TEND_RULE_LANGUAGE,
				_("the language \"%s\" is never shown: en and zh are"),
				quoted(r, key->text));
			(void)read_one_text(r, value, name, &text);
			continue;
		}
		known++;
		if (*member != NULL) {
			report(r, key, TEND_RULE_DUPLICATE_KEY,
				_("the key \"%s\" stands here twice"), key->text);
		}
		(void)read_one_text(r, value, name, member);
	}
	if (known == 0 && !signs) {
		report(r, node, TEND_RULE_TYPE, _("\"%s\" has a text in neither en nor zh"), name);
	}
	if (texts.en != NULL && texts.zh != NULL) {
		r->both_languages = true;
	} else if (!node->broken) {
		*TEND_PUSH(&r->one_language) = (struct tend_place){node->line, node->column};
	}
	if (texts.en != NULL || texts.zh != NULL) {
		*ret = texts;
	}
	return texts.en != NULL || texts.zh != NULL;
}

bool is_key(const char *s)
{
	bool first = true;
	if (strlen(s) > TEND_KEY_MAX || !tend_is_printable(s, strlen(s))) {
		return false;
	}
	for (; *s != '\0'; s++, first = false) {
		unsigned char c = (unsigned char)*s;
		bool sign = c == '_' || c == '-' || c == '.';
		if (c < 0x80 && !isalnum(c) && (!sign || first)) {
			return false;
		}
	}
	return !first;
}

static bool read_key(struct reader *r, const struct node *node, const char *name, const char **ret)
{
	if (!is_filled(node)) {
		return expected(r, node, name, _("a key"));
	}
	*ret = node->text;
	if (!is_key(node->text)) {
		report(r, node, TEND_RULE_TYPE,
			_("\"%s\" is not a key: letters, digits, - _ and . without blanks, at most "
			  "%d bytes"),
			quoted(r, node->text), TEND_KEY_MAX);
		return false;
	}
	return true;
}

static bool read_bool(struct reader *r, const struct node *node, const char *name, bool *ret)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {{"yes", true}, {"no", false}, {"true", true}, {"false", false}, {"Yes", true},
		{"No", false}, {"True", true}, {"False", false}, {"YES", true}, {"NO", false},
		{"TRUE", true}, {"FALSE", false}};
	for (size_t i = 0; i < FIELD_COUNT_OF(words); i++) {
		if (is_filled(node) && node->plain && tend_same(node->text, words[i].word)) {
			*ret = words[i].value;
			return true;
		}
	}
	return expected(r, node, name, _("yes or no"));
}

static bool read_count(struct reader *r, const struct node *node, const char *name, int *ret)
{
	long long n;
	if (!is_filled(node) || !node->plain || !tend_parse_int(node->text, &n) || n < 1
		|| n > COUNT_MAX) {
		return expected(r, node, name, _("a whole number from 1 on"));
	}
	*ret = (int)n;
	return true;
}

static bool read_number(struct reader *r, const struct node *node, const char *name, double *ret)
{
	if (!is_filled(node) || !node->plain) {
		return expected(r, node, name, _("a number"));
	}
	size_t length = strlen(node->text);
	bool percent = node->text[length - 1] == '%';
	double n;
	if (!tend_parse_number(tend_arena_strndup(r->arena, node->text, length - percent), &n)) {
		return expected(r, node, name, _("a number"));
	}
	*ret = percent ? n / 100 : n;
	return true;
}

static bool read_duration(
	struct reader *r, const struct node *node, const char *name, struct tend_duration *ret)
{
	struct tend_duration d;
	if (!is_filled(node) || !tend_duration_parse(node->text, &d)) {
		return expected(r, node, name, _("a duration such as 7 days or 3 months"));
	}
	if (d.n < 1) {
		report(r, node, TEND_RULE_TYPE,
			_("\"%s\": a duration of nothing: it must be more than 0"), name);
		return false;
	}
	static const int most[] = {
		[TEND_DAY] = TEND_OFFSET_YEARS_MAX * 366,
		[TEND_WORKDAY] = TEND_OFFSET_YEARS_MAX * 261,
		[TEND_WEEK] = TEND_OFFSET_YEARS_MAX * 53,
		[TEND_MONTH] = TEND_OFFSET_YEARS_MAX * 12,
		[TEND_QUARTER] = TEND_OFFSET_YEARS_MAX * 4,
		[TEND_YEAR] = TEND_OFFSET_YEARS_MAX,
	};
	if (d.n > most[d.unit]) {
		report(r, node, TEND_RULE_VALUE, _("\"%s\" is longer than %d years"), name,
			TEND_OFFSET_YEARS_MAX);
		return false;
	}
	*ret = d;
	return true;
}

static bool read_when(
	struct reader *r, const struct node *node, const char *name, struct tend_when *ret)
{
	if (!is_filled(node)) {
		return expected(r, node, name, _("a date such as start + 3 days"));
	}
	struct tend_error err;
	if (tend_when_parse(node->text, r->arena, ret, &err) != TEND_OK) {
		tend_findings_add_rule(r->findings, TEND_ERROR, TEND_RULE_TYPE, node->text_line,
			node->text_column, _("\"%s\": %s"), name, err.text);
		return false;
	}
	ret->line = node->text_line;
	ret->column = node->text_column;
	return true;
}

static size_t count_of(const char *const *values)
{
	size_t n = 0;
	while (values[n] != NULL) {
		n++;
	}
	return n;
}

static bool read_choice(
	struct reader *r, const struct node *node, const struct field *field, const char **ret)
{
	size_t n = count_of(field->values);
	for (size_t i = 0; i < n && is_filled(node); i++) {
		if (tend_same(node->text, field->values[i])) {
			*ret = field->values[i];
			return true;
		}
	}
	struct tend_str all = {0};
	for (size_t i = 0; i < n; i++) {
		tend_str_addf(&all, "%s%s", i > 0 ? ", " : "", field->values[i]);
	}
	const char *near = is_filled(node) ? tend_nearest(node->text, field->values, n) : NULL;
	if (near != NULL) {
		report(r, node, TEND_RULE_TYPE, _("\"%s\": unknown \"%s\"; did you mean \"%s\"?"),
			field->name, quoted(r, node->text), near);
	} else {
		(void)expected(r, node, field->name,
			tend_arena_format(r->arena, _("one of %s"), tend_str_text(&all)));
	}
	tend_str_finish(&all);
	return false;
}

static bool read_node(struct reader *r, const struct node *node, const struct field *field,
	const struct node **ret)
{
	bool right = true;
	switch (field->type) {
	case FIELD_SCALAR:
		right = is_filled(node) || expected(r, node, field->name, _("a text"));
		break;
	case FIELD_LIST:
		right = node->kind == NODE_SEQUENCE || expected(r, node, field->name, _("a list"));
		break;
	case FIELD_MAP:
		right = node->kind == NODE_MAPPING
			|| expected(r, node, field->name, _("a mapping"));
		break;
	default:
		break;
	}
	if (right) {
		*ret = node;
	}
	return right;
}

bool read_value(struct reader *r, const struct node *node, const struct field *field, void *ret)
{
	void *member = (char *)ret + field->offset;
	switch (field->type) {
	case FIELD_NODE:
	case FIELD_SCALAR:
	case FIELD_LIST:
	case FIELD_MAP:
		return read_node(r, node, field, member);
	case FIELD_STRING:
		if (!is_filled(node)) {
			return expected(r, node, field->name, _("a text"));
		}
		*(const char **)member = node->text;
		return true;
	case FIELD_KEY:
		return read_key(r, node, field->name, member);
	case FIELD_TEXT:
		return read_text(r, node, field->name, member);
	case FIELD_BOOL:
		return read_bool(r, node, field->name, member);
	case FIELD_COUNT:
		return read_count(r, node, field->name, member);
	case FIELD_NUMBER:
		return read_number(r, node, field->name, member);
	case FIELD_DURATION:
		return read_duration(r, node, field->name, member);
	case FIELD_WHEN:
		return read_when(r, node, field->name, member);
	case FIELD_CHOICE:
		return read_choice(r, node, field, member);
	}
	return false;
}

static const struct field *find_field(const struct field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (tend_same(fields[i].name, name)) {
			return &fields[i];
		}
	}
	return NULL;
}

static void unknown_key(
	struct reader *r, const struct node *key, const struct field *fields, size_t n)
{
	const char **names = tend_arena_alloc(r->arena, n * sizeof(*names));
	for (size_t i = 0; i < n; i++) {
		names[i] = fields[i].name;
	}
	const char *near = tend_nearest(key->text, names, n);
	if (near != NULL) {
		report(r, key, TEND_RULE_UNKNOWN_KEY, _("unknown key \"%s\"; did you mean \"%s\"?"),
			quoted(r, key->text), near);
	} else {
		report(r, key, TEND_RULE_UNKNOWN_KEY, _("unknown key \"%s\""),
			quoted(r, key->text));
	}
}

bool read_mapping(
	struct reader *r, const struct node *node, const struct field *fields, size_t n, void *ret)
{
	if (node->kind != NODE_MAPPING) {
		const char *kind = kind_of(node);
		if (report_wide_colon(r, node)) {
			return false;
		}
		if (kind != NULL) {
			report(r, node, TEND_RULE_TYPE,
				_("expected a mapping (key: value), found %s"), kind);
		} else {
			report(r, node, TEND_RULE_TYPE,
				_("expected a mapping (key: value), found \"%s\""),
				quoted(r, node->text));
		}
		return false;
	}
	bool *seen = tend_arena_alloc(r->arena, n * sizeof(*seen));
	for (size_t i = 0; i < node->n; i += 2) {
		const struct node *key = node->items[i], *value = node->items[i + 1];
		if (key->kind != NODE_SCALAR) {
			report(r, key, TEND_RULE_TYPE, _("a key must be a text"));
			continue;
		}
		const struct field *field = find_field(fields, n, key->text);
		if (field == NULL && report_sign(r, node, key, value)) {
			continue;
		}
		if (field == NULL) {
			unknown_key(r, key, fields, n);
		} else if (seen[field - fields]) {
			report(r, key, TEND_RULE_DUPLICATE_KEY,
				_("the key \"%s\" stands here twice"), key->text);
		} else {
			seen[field - fields] = true;
			(void)read_value(r, value, field, ret);
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (fields[i].required && !seen[i]) {
			report(r, node, TEND_RULE_MISSING_KEY, _("the key \"%s\" is missing"),
				fields[i].name);
		}
	}
	return true;
}

static int compare_nodes(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;
	int order = strcmp(x->text, y->text);
	if (order != 0) {
		return order;
	}
	if (x->line != y->line) {
		return x->line < y->line ? -1 : 1;
	}
	return (x->column > y->column) - (x->column < y->column);
}

void check_unique(struct reader *r, const struct node *const *keys, size_t n, const char *what)
{
	const struct node **sorted = tend_arena_alloc(r->arena, n * sizeof(*sorted));
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		if (keys[i] != NULL && is_filled(keys[i])) {
			sorted[count++] = keys[i];
		}
	}
	if (count > 1) {
		qsort(sorted, count, sizeof(*sorted), compare_nodes);
	}
	for (size_t i = 1; i < count; i++) {
		if (tend_same(sorted[i]->text, sorted[i - 1]->text)) {
			report(r, sorted[i], TEND_RULE_DUPLICATE, what, quoted(r, sorted[i]->text));
		}
	}
}
