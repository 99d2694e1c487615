/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include <tend/lang.h>
#include <tend/rules.h>
#include <tend/str.h>
#include <tend/text.h>
#include <tend/yaml.h>

#include "doc.h"
#include "scan.h"

struct builder {
	yaml_parser_t parser;
	struct tend_arena *arena;
	struct tend_findings *findings;
	const char *text;
	size_t n;
	struct node *root;
	struct node *open[DOC_DEPTH_MAX]; /* the collections around the present event */
	size_t depth;
	size_t events;
	int documents;
	struct scan_cursor cursor;
	bool failed;
};

static void fail_at(struct builder *b, yaml_mark_t mark, const char *message)
{
	tend_findings_add_rule(b->findings, TEND_ERROR, TEND_RULE_SYNTAX, (int)mark.line + 1,
		(int)mark.column + 1, "%s", message);
	b->failed = true;
}

static void complain(struct builder *b, yaml_mark_t mark, const char *message)
{
	tend_findings_add_rule(b->findings, TEND_ERROR, TEND_RULE_SYNTAX, (int)mark.line + 1,
		(int)mark.column + 1, "%s", message);
	if (b->findings->n >= DOC_FINDINGS_MAX) {
		fail_at(b, mark, _("too many problems: the rest of the file was not read"));
	}
}

/* What libyaml says, for translators. */
static const char *const problems[] = {
	N_("could not find expected ':'"),
	N_("did not find expected '-' indicator"),
	N_("did not find expected ',' or ']'"),
	N_("did not find expected ',' or '}'"),
	N_("did not find expected <document start>"),
	N_("did not find expected key"),
	N_("did not find expected node content"),
	N_("did not find expected comment or line break"),
	N_("block sequence entries are not allowed in this context"),
	N_("mapping keys are not allowed in this context"),
	N_("mapping values are not allowed in this context"),
	N_("found character that cannot start any token"),
	N_("found a tab character that violates indentation"),
	N_("found a tab character where an indentation space is expected"),
	N_("found unexpected end of stream"),
	N_("found unexpected document indicator"),
	N_("found unknown escape character"),
	N_("did not find expected hexdecimal number"),
	N_("found invalid Unicode character escape code"),
	N_("found unexpected ':'"),
};

/* The bytes of a line, and how many of them lie before its column. */
struct line {
	const char *text;
	size_t n, before;
};

static struct line line_at(const struct builder *b, yaml_mark_t mark)
{
	struct line ret = {.text = b->text};
	const char *end = b->text + b->n;
	for (size_t i = 0; i < mark.line; i++) {
		const char *next = memchr(ret.text, '\n', (size_t)(end - ret.text));
		ret.text = next != NULL ? next + 1 : end;
	}
	const char *next = memchr(ret.text, '\n', (size_t)(end - ret.text));
	ret.n = (size_t)((next != NULL ? next : end) - ret.text);
	for (size_t i = 0; ret.before < ret.n && i < mark.column; i++) {
		uint32_t c;
		int length = tend_utf8_decode(ret.text + ret.before, ret.n - ret.before, &c);
		ret.before += length > 0 ? (size_t)length : 1;
	}
	return ret;
}

/* The byte after the last `sign` of those before `n`, or SIZE_MAX. */
static size_t after_last(const char *text, size_t n, const char *sign)
{
	size_t length = strlen(sign);
	for (size_t i = n; i >= length; i--) {
		if (memcmp(text + i - length, sign, length) == 0) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* What is mostly behind a problem: a text that should stand in quotes, or a full-width sign; "" where neither. */
static const char *hint_of(const struct builder *b)
{
	const yaml_parser_t *p = &b->parser;
	const char *problem = p->problem != NULL ? p->problem : "";
	if (strcmp(problem, "could not find expected ':'") == 0) {
		struct line line = line_at(b, p->context_mark);
		return after_last(line.text, line.n, DOC_WIDE_COLON) != SIZE_MAX
			? _("; the full-width \"：\" is no colon here: write \": \"")
			: "";
	}
	if (strstr(problem, "expected ',' or ") == NULL
		&& strcmp(problem, "mapping values are not allowed in this context") != 0) {
		return "";
	}
	struct line line = line_at(b, p->problem_mark);
	size_t key = after_last(line.text, line.before, DOC_WIDE_COMMA);
	bool is_key = key < line.before;
	for (size_t i = key; is_key && i < line.before; i++) {
		is_key = line.text[i] == ' ' || line.text[i] == '_'
			|| (line.text[i] >= 'a' && line.text[i] <= 'z');
	}
	return is_key ? _("; the full-width \"，\" is no comma here: write \", \"")
		      : _("; a text with : or , in it is put in quotes");
}

static void fail_parser(struct builder *b)
{
	const yaml_parser_t *p = &b->parser;
	const char *problem = p->problem != NULL ? p->problem : problems[0];
	yaml_mark_t mark = p->problem_mark;
	if (p->error == YAML_READER_ERROR) { /* it gives an offset only */
		struct scan_place at = scan_place(b->text, b->n, p->problem_offset);
		mark = (yaml_mark_t){.line = (size_t)at.line - 1, .column = (size_t)at.column - 1};
	}
	tend_findings_add_rule(b->findings, TEND_ERROR, TEND_RULE_SYNTAX, (int)mark.line + 1,
		(int)mark.column + 1, _("not readable as YAML: %s%s"), _(problem), hint_of(b));
	b->failed = true;
}

static struct node *add_node(struct builder *b, enum node_kind kind, yaml_mark_t mark)
{
	struct node *node = tend_arena_alloc(b->arena, sizeof(*node));
	node->kind = kind;
	node->line = (int)mark.line + 1;
	node->column = (int)mark.column + 1;
	if (b->depth == 0) {
		b->root = b->root != NULL ? b->root : node;
		return node;
	}
	struct node *parent = b->open[b->depth - 1];
	if (parent->n == parent->cap) {
		size_t cap = parent->cap > 0 ? parent->cap * 2 : 4;
		struct node **items = tend_arena_alloc(b->arena, cap * sizeof(struct node *));
		if (parent->n > 0) {
			memcpy(items, parent->items, parent->n * sizeof(struct node *));
		}
		parent->items = items;
		parent->cap = cap;
	}
	parent->items[parent->n++] = node;
	return node;
}

static void open_node(struct builder *b, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = add_node(b, kind, event->start_mark);
	node->flow =
		kind == NODE_MAPPING && event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	if (b->depth == DOC_DEPTH_MAX) {
		fail_at(b, event->start_mark, _("nested too deeply (over 16 levels)"));
		return;
	}
	b->open[b->depth++] = node;
}

static void refuse_marks(
	struct builder *b, const yaml_event_t *event, const void *anchor, const void *tag)
{
	if (anchor != NULL) {
		complain(b, event->start_mark,
			_("anchors (&name) are not allowed: write the text out"));
	}
	if (tag != NULL) {
		complain(b, event->start_mark, _("tags (!name) are not allowed"));
	}
}

static void add_scalar(struct builder *b, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	refuse_marks(b, event, event->data.scalar.anchor, event->data.scalar.tag);
	if (memchr(value, '\0', length) != NULL) {
		complain(b, event->start_mark, _("a NUL character inside a text"));
	}
	struct node *node = add_node(b, NODE_SCALAR, event->start_mark);
	node->broken = memchr(value, '\0', length) != NULL;
	node->text = tend_arena_strndup(b->arena, value, length);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->text_line = node->line;
	node->text_column = node->column;
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		node->text_column++;
		break;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE: {
		struct scan_place at =
			scan_next_text(b->text, b->n, event->start_mark.index, &b->cursor);
		node->text_line = at.line + node->line;
		node->text_column = at.column;
		break;
	}
	default:
		break;
	}
}

static void start_document(struct builder *b, const yaml_event_t *event)
{
	b->documents++;
	if (b->documents > 1) {
		fail_at(b, event->start_mark, _("a second document: one file is one document"));
	}
	if (event->data.document_start.tag_directives.start
		!= event->data.document_start.tag_directives.end) {
		complain(b, event->start_mark, _("tags (!name) are not allowed"));
	}
}

static void refuse_alias(struct builder *b, const yaml_event_t *event)
{
	complain(b, event->start_mark, _("aliases (*name) are not allowed: write the text out"));
	struct node *node = add_node(b, NODE_SCALAR, event->start_mark);
	node->text = "";
	node->broken = true;
}

static void take_event(struct builder *b, const yaml_event_t *event)
{
	if (++b->events > DOC_EVENTS_MAX) {
		fail_at(b, event->start_mark, _("too many entries in one file (over 20000)"));
		return;
	}
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		start_document(b, event);
		break;
	case YAML_ALIAS_EVENT:
		refuse_alias(b, event);
		break;
	case YAML_SCALAR_EVENT:
		add_scalar(b, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(b, event, event->data.sequence_start.anchor,
			event->data.sequence_start.tag);
		open_node(b, NODE_SEQUENCE, event);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_marks(
			b, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		open_node(b, NODE_MAPPING, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		b->depth--;
		break;
	default:
		break;
	}
}

static void start_parser(yaml_parser_t *parser, const char *text, size_t n)
{
	if (!yaml_parser_initialize(parser)) {
		abort(); /* libyaml is out of memory */
	}
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)text, n);
}

struct node *doc_parse(
	const char *text, size_t n, struct tend_arena *arena, struct tend_findings *findings)
{
	size_t bom = scan_bom(text, n);
	struct builder b = {.arena = arena, .findings = findings, .text = text + bom, .n = n - bom};
	if (!scan_text(b.text, b.n, findings)) {
		return NULL;
	}
	start_parser(&b.parser, b.text, b.n);
	bool more = true;
	while (more && !b.failed) {
		yaml_event_t event;
		if (!yaml_parser_parse(&b.parser, &event)) {
			fail_parser(&b);
			break;
		}
		more = event.type != YAML_STREAM_END_EVENT;
		take_event(&b, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&b.parser);
	if (b.failed) {
		return NULL;
	}
	if (b.root == NULL) {
		tend_findings_add_rule(
			findings, TEND_ERROR, TEND_RULE_SYNTAX, 1, 1, _("the file is empty"));
	}
	return b.root;
}

struct doc_head doc_head(const char *text, size_t n)
{
	struct doc_head head = {0};
	size_t bom = scan_bom(text, n);
	yaml_parser_t parser;
	start_parser(&parser, text + bom, (n < DOC_SIZE_MAX ? n : DOC_SIZE_MAX) - bom);
	/* stream, document, mapping, key, value */
	static const yaml_event_type_t expected[] = {YAML_STREAM_START_EVENT,
		YAML_DOCUMENT_START_EVENT, YAML_MAPPING_START_EVENT, YAML_SCALAR_EVENT,
		YAML_SCALAR_EVENT};
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		yaml_event_t event;
		if (!yaml_parser_parse(&parser, &event)) {
			break;
		}
		bool right = event.type == expected[i];
		if (right && event.type == YAML_SCALAR_EVENT) {
			char **ret = head.key == NULL ? &head.key : &head.value;
			*ret = tend_strdup((const char *)event.data.scalar.value);
			head.line = ret == &head.value ? (int)event.start_mark.line + 1 : 0;
			head.column = ret == &head.value ? (int)event.start_mark.column + 1 : 0;
		}
		yaml_event_delete(&event);
		if (!right) {
			break;
		}
	}
	yaml_parser_delete(&parser);
	return head;
}

bool node_is_null(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->plain
		&& (node->text[0] == '\0' || tend_same(node->text, "~")
			|| tend_same(node->text, "null"));
}

const char *tend_yaml_library(void)
{
	return yaml_get_version_string();
}
