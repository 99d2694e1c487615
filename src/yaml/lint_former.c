/* SPDX-License-Identifier: MIT */
/* The keys of milestones against those of the version before: what a customer did hangs on them. */
#include "lint.h"

#include <tend/lang.h>
#include <tend/str.h>

#include "extend.h"

/* Versions that are looked for below the file's, and milestones of a file that is compared at all. */
enum { VERSIONS_BACK = 10, MILESTONES_MAX = 500 };

struct former {
	int version;
	const struct node *list; /* its milestones */
	const char **keys; /* of those that have one */
	size_t nkeys;
};

static const char *text_in(const struct node *mapping, const char *name)
{
	const struct node *node = node_get(mapping, name);
	return node != NULL && node->kind == NODE_SCALAR && !node->broken ? node->text : NULL;
}

/* The milestones of the version before in `former`, with those of its bases. */
static bool read_former(struct reader *r, const char *text, size_t n, struct former *former)
{
	struct tend_findings found;
	struct extension e;
	tend_findings_init(&found, "");
	struct reader quiet = {.arena = r->arena, .findings = &found, .env = r->env};
	const struct node *root = doc_parse(text, n, r->arena, &found);
	root = root != NULL ? extend_root(&quiet, root, &e) : NULL;
	tend_findings_finish(&found);
	former->list = root != NULL ? node_get(root, "milestones") : NULL;
	if (former->list == NULL || former->list->kind != NODE_SEQUENCE
		|| former->list->n > MILESTONES_MAX) {
		return false;
	}
	former->keys = tend_arena_alloc(r->arena, (former->list->n + 1) * sizeof(*former->keys));
	for (size_t i = 0; i < former->list->n; i++) {
		const char *key = text_in(former->list->items[i], "key");
		if (key != NULL) {
			former->keys[former->nkeys++] = key;
		}
	}
	return true;
}

/* The nearest version before the journey's that is there. */
static bool find_former(struct reader *r, const struct tend_journey *j, struct former *ret)
{
	bool found = false;
	for (int v = j->version - 1; v >= 1 && v >= j->version - VERSIONS_BACK && !found; v--) {
		struct tend_str text = {0};
		struct tend_error err;
		const char *name = tend_arena_format(r->arena, "%s@%d", j->key, v);
		if (r->env->base(r->env->ctx, name, &text, &err) == TEND_OK) {
			found = true;
			*ret = (struct former){.version = v};
			if (!read_former(r, tend_str_text(&text), text.len, ret)) {
				ret->list = NULL;
			}
		}
		tend_str_finish(&text);
	}
	return found && ret->list != NULL;
}

static bool had_key(const struct former *former, const char *key)
{
	for (size_t i = 0; i < former->nkeys; i++) {
		if (tend_same(former->keys[i], key)) {
			return true;
		}
	}
	return false;
}

static void lint_was(
	struct reader *r, const struct former *former, const struct tend_template_milestone *m)
{
	struct node at = {.line = m->was_at.line, .column = m->was_at.column};
	const char *near = tend_nearest(m->was, former->keys, former->nkeys);
	if (near != NULL) {
		warn(r, &at, TEND_RULE_UNKNOWN_NAME,
			_("version %d has no milestone \"%s\"; did you mean \"%s\"?"),
			former->version, quoted(r, m->was), quoted(r, near));
	} else {
		warn(r, &at, TEND_RULE_UNKNOWN_NAME, _("version %d has no milestone \"%s\""),
			former->version, quoted(r, m->was));
	}
}

/* Whether the journey has the key, or says what became of it. */
static bool is_kept(const struct tend_journey *j, const char *key)
{
	for (size_t i = 0; i < j->nmilestones; i++) {
		if (tend_same(j->milestones[i].key, key) || tend_same(j->milestones[i].was, key)) {
			return true;
		}
	}
	return false;
}

static bool has_title(const struct node *entry, struct tend_text title)
{
	const struct node *node = node_get(entry, "title");
	if (node == NULL || node->kind == NODE_SEQUENCE) {
		return false;
	}
	bool one = node->kind == NODE_SCALAR;
	const char *en = one ? node->text : text_in(node, "en");
	const char *zh = one ? node->text : text_in(node, "zh");
	return (en != NULL && title.en != NULL && tend_same(en, title.en))
		|| (zh != NULL && title.zh != NULL && tend_same(zh, title.zh));
}

/* A new key under the title of one that is gone. */
static void lint_renamed(struct reader *r, const struct former *former,
	const struct tend_journey *j, const struct tend_template_milestone *m)
{
	for (size_t i = 0; i < former->list->n; i++) {
		const struct node *entry = former->list->items[i];
		const char *key = text_in(entry, "key");
		if (key != NULL && has_title(entry, m->title) && !is_kept(j, key)) {
			struct node at = {.line = m->line, .column = m->column};
			const char *shown = quoted(r, key);
			warn(r, &at, TEND_RULE_RENAMED,
				_("version %d calls this \"%s\": with \"was: %s\" customers keep "
				  "what "
				  "they did of it"),
				former->version, shown, shown);
			return;
		}
	}
}

void lint_former(struct reader *r, const struct tend_journey *j)
{
	struct former former;
	if (!reader_lints(r) || r->env->base == NULL || j->key == NULL
		|| j->nmilestones > MILESTONES_MAX || !find_former(r, j, &former)) {
		return;
	}
	for (size_t i = 0; i < j->nmilestones; i++) {
		const struct tend_template_milestone *m = &j->milestones[i];
		if (m->key == NULL || had_key(&former, m->key)) {
			continue; /* its `was` is of a version before that one */
		}
		if (m->was == NULL) {
			lint_renamed(r, &former, j, m);
		} else if (!had_key(&former, m->was)) {
			lint_was(r, &former, m);
		}
	}
}
