/* SPDX-License-Identifier: MIT */
#include "extend.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>

#include "scan.h"
#include "variant.h"

bool extend_is_base(int line)
{
	return line >= EXTEND_LINES;
}

bool extend_name(struct tend_arena *arena, const char *name, const char **ret_key, int *ret_version)
{
	const char *at = strrchr(name, '@');
	long long version = 0;
	if (at != NULL && (!tend_parse_int(at + 1, &version) || version < 1 || version > INT_MAX)) {
		return false;
	}
	const char *key = at != NULL ? tend_arena_strndup(arena, name, (size_t)(at - name)) : name;
	if (ret_key != NULL) {
		*ret_key = key;
	}
	*ret_version = (int)version;
	return is_key(key);
}

/* In a file with more findings their entries are not looked for: it would take long. */
enum { NAMED_MAX = 30 };

/* --- getting the bases --- */

static void shift_lines(struct node *node, int lines)
{
	node->line += lines;
	node->text_line += lines;
	for (size_t i = 0; i < node->n; i++) {
		shift_lines(node->items[i], lines);
	}
}

/* KEY@V of a file. */
static const char *identity(struct reader *r, const struct node *root)
{
	const struct node *key = node_get(root, "journey"), *version = node_get(root, "version");
	return tend_arena_format(r->arena, "%s@%s",
		key != NULL && key->kind == NODE_SCALAR ? quoted(r, key->text) : "",
		version != NULL && version->kind == NODE_SCALAR ? quoted(r, version->text) : "");
}

/* Its text as a tree, or NULL, reported at `extends`. */
static struct node *read_base(struct reader *r, const struct node *at, const char *name)
{
	struct tend_str text = {0};
	struct tend_error err;
	struct tend_findings found;
	if (r->env == NULL || r->env->base == NULL) {
		report(r, at, TEND_RULE_EXTENDS, _("there is no journey \"%s\""), quoted(r, name));
		return NULL;
	}
	if (r->env->base(r->env->ctx, name, &text, &err) != TEND_OK) {
		report(r, at, TEND_RULE_EXTENDS, "%s", err.text);
		tend_str_finish(&text);
		return NULL;
	}
	tend_findings_init(&found, name);
	struct node *root = doc_parse(tend_str_text(&text), text.len, r->arena, &found);
	if (found.errors > 0) {
		report(r, at, TEND_RULE_EXTENDS, _("in %s, line %d: %s"), name, found.items[0].line,
			found.items[0].text);
		root = NULL;
	} else if (node_get(root, "journey") == NULL) {
		report(r, at, TEND_RULE_EXTENDS, _("%s is no journey"), name);
		root = NULL;
	}
	tend_findings_finish(&found);
	tend_str_finish(&text);
	return root;
}

static bool is_known(const struct extension *e, const char *name)
{
	for (size_t i = 0; i < e->n; i++) {
		if (tend_same(e->names[i], name)) {
			return true;
		}
	}
	return false;
}

static const struct node *whole(struct reader *r, const struct node *root, struct extension *e)
{
	e->names[e->n++] = identity(r, root);
	const struct node *extends = node_get(root, "extends");
	if (extends == NULL) {
		return root;
	}
	const struct node *at = e->at != NULL ? e->at : extends;
	e->at = at;
	int version;
	if (extends->kind != NODE_SCALAR || extends->broken || node_is_null(extends)
		|| !extend_name(r->arena, extends->text, NULL, &version)) {
		report(r, at, TEND_RULE_EXTENDS,
			_("\"%s\" is not a journey: write KEY or KEY@VERSION"),
			extends->kind == NODE_SCALAR ? quoted(r, extends->text) : "");
		return NULL;
	}
	if (e->n > EXTEND_DEPTH_MAX) {
		report(r, at, TEND_RULE_EXTENDS, _("more than %d journeys extend each other"),
			EXTEND_DEPTH_MAX);
		return NULL;
	}
	struct node *base = read_base(r, at, extends->text);
	if (base == NULL) {
		return NULL;
	}
	const char *name = identity(r, base);
	if (is_known(e, name)) {
		report(r, at, TEND_RULE_EXTENDS, _("%s extends itself"), name);
		return NULL;
	}
	shift_lines(base, (int)e->n * EXTEND_LINES);
	const struct node *under = whole(r, base, e);
	return under != NULL ? merge_variant(r, root, under) : NULL;
}

const struct node *extend_root(struct reader *r, const struct node *root, struct extension *ret)
{
	*ret = (struct extension){0};
	return whole(r, root, ret);
}

/* Among the nodes from `node` on, whether one begins at the place or before it on its line, nearest of all yet. */
static bool is_nearer(const struct node *node, const struct tend_finding *f, int *nearest)
{
	bool ret = false;
	int columns[] = {node->line == f->line ? node->column : 0,
		node->text_line == f->line ? node->text_column : 0};
	for (size_t i = 0; i < FIELD_COUNT_OF(columns); i++) {
		if (columns[i] > *nearest && columns[i] <= f->column) {
			*nearest = columns[i];
			ret = true;
		}
	}
	for (size_t i = 0; i < node->n; i++) {
		ret = is_nearer(node->items[i], f, nearest) || ret;
	}
	return ret;
}

/* The key of the stage or milestone that a finding is about, or NULL. */
static const char *entry_key(const struct node *root, const struct tend_finding *f)
{
	static const char *const lists[] = {"stages", "milestones"};
	const struct node *found = NULL;
	int nearest = 0;
	for (size_t i = 0; root != NULL && i < FIELD_COUNT_OF(lists); i++) {
		const struct node *list = node_get(root, lists[i]);
		for (size_t k = 0; list != NULL && k < list->n; k++) {
			if (is_nearer(list->items[k], f, &nearest)) {
				found = list->items[k];
			}
		}
	}
	const struct node *key = found != NULL ? node_get(found, "key") : NULL;
	return key != NULL && key->kind == NODE_SCALAR && is_key(key->text) ? key->text : NULL;
}

void extend_findings(const struct extension *e, const struct node *root,
	struct tend_findings *findings, size_t first)
{
	for (size_t i = first; i < findings->n; i++) {
		struct tend_finding *f = &findings->items[i];
		size_t base = (size_t)(f->line / EXTEND_LINES);
		if (base == 0 || base >= e->n) {
			continue;
		}
		const char *key = i < first + NAMED_MAX ? entry_key(root, f) : NULL;
		int line = f->line % EXTEND_LINES;
		char *text = key != NULL ? tend_format(_("together with %s, line %d, \"%s\": %s"),
				     e->names[base], line, key, f->text)
					 : tend_format(_("together with %s, line %d: %s"),
						 e->names[base], line, f->text);
		free(f->text);
		f->text = text;
		f->line = e->at->line;
		f->column = e->at->column;
	}
}

/* --- a version for the base --- */

/* The byte at a place, as libyaml counts lines and characters; `n` past the end. */
static size_t byte_at(const char *text, size_t n, int line, int column)
{
	for (size_t i = scan_bom(text, n); i < n; i++) {
		bool first = ((unsigned char)text[i] & 0xC0) != 0x80;
		if (line == 1 && first && --column == 0) {
			return i;
		}
		line -= text[i] == '\n';
	}
	return n;
}

char *tend_yaml_pin(const char *text, size_t n, int version)
{
	struct tend_arena arena = {0};
	struct tend_findings findings;
	struct tend_str out = {0};
	tend_findings_init(&findings, "");
	const struct node *root = doc_parse(text, n, &arena, &findings);
	const struct node *at = root != NULL ? node_get(root, "extends") : NULL;
	size_t end = n;
	if (at != NULL && at->kind == NODE_SCALAR && strchr(at->text, '@') == NULL) {
		size_t length = strlen(at->text);
		size_t from = byte_at(text, n, at->text_line, at->text_column);
		bool same = from + length <= n && strncmp(text + from, at->text, length) == 0;
		end = same ? from + length : n;
	}
	tend_str_addn(&out, text, end);
	if (end < n) {
		tend_str_addf(&out, "@%d", version);
		tend_str_addn(&out, text + end, n - end);
	}
	tend_findings_finish(&findings);
	tend_arena_finish(&arena);
	char *ret = tend_str_steal(&out);
	return ret != NULL ? ret : tend_strdup("");
}
