/* SPDX-License-Identifier: MIT */
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "inside.h"

void ids_add(struct ids *ids, int64_t id)
{
	if (ids->n == 0 || ids->items[ids->n - 1] != id) {
		*TEND_PUSH(ids) = id;
	}
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

void ids_settle(struct ids *ids)
{
	if (ids->n < 2) {
		return;
	}
	qsort(ids->items, ids->n, sizeof(*ids->items), by_id);
	size_t n = 1;
	for (size_t i = 1; i < ids->n; i++) {
		if (ids->items[i] != ids->items[n - 1]) {
			ids->items[n++] = ids->items[i];
		}
	}
	ids->n = n;
}

void ids_finish(struct ids *ids)
{
	free(ids->items);
	*ids = (struct ids){0};
}

void tend_done_finish(struct tend_done *d)
{
	tend_arena_finish(&d->arena);
	*d = (struct tend_done){0};
}

char *app_visible(const char *text)
{
	struct tend_str shown = {0};
	size_t n = text != NULL ? strlen(text) : 0;
	(void)tend_printable(&shown, text != NULL ? text : "", n);
	char *kept = tend_str_steal(&shown);
	return kept != NULL ? kept : tend_strdup("");
}

/* Asked late: the system's list of users may be behind a slow service (cron sets no USER). */
const char *app_actor(struct tend_app *a)
{
	if (a->actor == NULL) {
		const char *user = getenv("USER");
		const struct passwd *entry =
			user == NULL || *user == '\0' ? getpwuid(getuid()) : NULL;
		user = entry != NULL ? entry->pw_name : user;
		a->actor = app_visible(user);
	}
	return a->actor;
}

void done_begin(struct tend_app *a, struct tend_done *ret)
{
	*ret = (struct tend_done){0};
	a->cleaned = 0;
}

void done_warn(struct tend_done *d, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = tend_vformat(fmt, args);
	va_end(args);
	d->warning = d->warning != NULL ? tend_arena_format(&d->arena, "%s; %s", d->warning, text)
					: tend_arena_strdup(&d->arena, text);
	free(text);
}

void done_warn_left_out(struct tend_done *d, size_t n)
{
	if (n > 0) {
		done_warn(d,
			n == 1 ? _("%zu milestone was left out: its condition is not true")
			       : _("%zu milestones were left out: their conditions are not true"),
			n);
	}
}

/* The summary repeats values that were given. */
static void settle_summary(struct tend_done *ret)
{
	size_t n = ret->summary != NULL ? strlen(ret->summary) : 0;
	if (n > 0 && !tend_is_printable(ret->summary, n)) {
		char *visible = app_visible(ret->summary);
		ret->summary = tend_arena_strdup(&ret->arena, visible);
		free(visible);
	}
}

enum tend_status write_begin(struct tend_app *a, struct tend_error *err)
{
	a->touched.n = 0;
	a->writes = 0;
	a->segments_written = false;
	a->changed = (struct condition_changes){0};
	struct tend_journal_entry entry = {.at = tend_app_now(a),
		.day = a->today,
		.actor = app_actor(a),
		.command = a->command};
	return tend_store_begin(a->store, &entry, err);
}

enum tend_status write_end(
	struct tend_app *a, enum tend_status status, struct tend_done *ret, struct tend_error *err)
{
	if (status == TEND_OK && a->segments_written) {
		status = segments_touch(a, &a->touched, err);
	}
	if (status == TEND_OK && a->writes > 0) {
		ids_settle(&a->touched);
		status = evaluate_customers(a, a->touched.items, a->touched.n, true, err);
		const char *also = evaluate_changes(a, &ret->arena);
		if (also != NULL) {
			ret->summary = tend_arena_format(&ret->arena, "%s; %s", ret->summary, also);
		}
	}
	if (status != TEND_OK) {
		tend_store_rollback(a->store);
		journeys_forget(a);
		return status;
	}
	ret->changes = a->writes;
	settle_summary(ret);
	if (a->cleaned > 0) {
		done_warn(ret,
			a->cleaned == 1
				? _("%zu invisible or control character was made visible")
				: _("%zu invisible or control characters were made visible"),
			a->cleaned);
	}
	if (a->writes == 0 || a->dry_run) {
		tend_store_rollback(a->store);
		journeys_forget(a);
		return TEND_OK;
	}
	status = tend_store_commit(a->store, ret->summary, NULL, err);
	a->version = tend_store_version(a->store);
	return status;
}

enum tend_status write_insert(struct tend_app *a, const struct tend_record_type *t,
	const void *record, int64_t customer_id, int64_t *ret_id, struct tend_error *err)
{
	int64_t id = 0;
	enum tend_status status = tend_store_insert(a->store, t, record, &id, err);
	if (status == TEND_OK) {
		a->writes++;
		a->segments_written = a->segments_written || t == &tend_segment_type;
		if (customer_id != 0) {
			ids_add(&a->touched, customer_id);
		}
		if (ret_id != NULL) {
			*ret_id = id;
		}
	}
	return status;
}

static enum tend_status wrote(struct tend_app *a, enum tend_status status, int64_t customer_id)
{
	if (status == TEND_OK) {
		a->writes++;
		if (customer_id != 0) {
			ids_add(&a->touched, customer_id);
		}
	}
	return status;
}

enum tend_status write_update(struct tend_app *a, const struct tend_record_type *t,
	const void *record, int64_t customer_id, struct tend_error *err)
{
	a->segments_written = a->segments_written || t == &tend_segment_type;
	return wrote(a, tend_store_update(a->store, t, record, err), customer_id);
}

enum tend_status write_replan(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err)
{
	return wrote(a, tend_store_replan(a->store, m, err), m->customer_id);
}

enum tend_status write_rename(
	struct tend_app *a, const struct tend_milestone *m, struct tend_error *err)
{
	return wrote(a, tend_store_rename(a->store, m, err), m->customer_id);
}

enum tend_status write_delete(struct tend_app *a, const struct tend_record_type *t, int64_t id,
	int64_t customer_id, struct tend_error *err)
{
	a->segments_written = a->segments_written || t == &tend_segment_type;
	return wrote(a, tend_store_delete(a->store, t, id, err), customer_id);
}

enum tend_status write_custom(struct tend_app *a, int64_t customer_id, const char *name,
	const char *value, struct tend_error *err)
{
	return wrote(
		a, tend_store_set_custom(a->store, customer_id, name, value, err), customer_id);
}
