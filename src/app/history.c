/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "inside.h"

enum tend_status tend_app_history(struct tend_app *a, int64_t customer_id, struct tend_date since,
	const struct tend_query *q, struct tend_list *ret, struct tend_error *err)
{
	tend_list_init(ret, &tend_history_type);
	bool plain = !tend_has_date(since) && q != NULL && q->filter == NULL && q->sort == NULL
		&& q->limit > 0;
	struct tend_value arg = int_value(customer_id != 0 ? customer_id
			: plain                            ? (int64_t)q->limit
							   : -1);
	enum tend_status status = tend_store_read(a->store,
		customer_id != 0 ? TEND_READ_HISTORY_OF : TEND_READ_HISTORY, &arg, 1, ret, err);
	size_t n = 0;
	for (size_t i = 0; tend_has_date(since) && i < ret->n; i++) {
		const struct tend_history_row *row = tend_list_at(ret, i);
		if (row->day.day >= since.day) {
			memmove(tend_list_at(ret, n++), row, sizeof(*row));
		}
	}
	ret->n = tend_has_date(since) ? n : ret->n;
	return status != TEND_OK ? status : query_apply(a, ret, q, NULL, err);
}

/* Adds the customers that the last undo or redo touched. */
static enum tend_status add_touched(struct tend_app *a, struct ids *all, struct tend_error *err)
{
	struct ids ids = {0};
	enum tend_status status = tend_store_touched(a->store, &ids.items, &ids.n, err);
	for (size_t i = 0; status == TEND_OK && i < ids.n; i++) {
		ids_add(all, ids.items[i]);
	}
	ids_finish(&ids);
	return status;
}

/* Ends the transaction of an undo or redo: the customers are judged anew, outside the journal. */
static enum tend_status travel_end(
	struct tend_app *a, enum tend_status status, struct ids *touched, struct tend_error *err)
{
	journeys_forget(a);
	if (status == TEND_OK) {
		ids_settle(touched);
		status = evaluate_customers(a, touched->items, touched->n, false, err);
	}
	ids_finish(touched);
	if (status != TEND_OK || a->dry_run) {
		tend_store_rollback(a->store);
		journeys_forget(a);
		return status;
	}
	status = tend_store_commit(a->store, NULL, NULL, err);
	a->version = tend_store_version(a->store);
	return status;
}

static char *newest_summary(struct tend_app *a, size_t limit, bool *ret_all)
{
	struct tend_list list;
	const struct tend_query q = {.limit = limit};
	char *summary = NULL;
	if (tend_app_history(a, 0, TEND_NO_DATE, limit > 0 ? &q : NULL, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n && summary == NULL; i++) {
			const struct tend_history_row *row = tend_list_at(&list, i);
			summary = row->undone != 1 ? tend_strdup(row->summary) : NULL;
		}
	}
	*ret_all = limit == 0 || list.n < limit;
	tend_list_finish(&list);
	return summary;
}

char *tend_app_undo_summary(struct tend_app *a)
{
	/* The newest few are enough nearly always; only a long row of undone ones needs them all. */
	bool all = false;
	char *summary = newest_summary(a, 32, &all);
	return summary != NULL || all ? summary : newest_summary(a, 0, &all);
}

enum { TOLD = 3 }; /* summaries of entries that a summary of several names */

/* "undone: A; B; C and 35 more" */
static const char *travel_summary(
	struct tend_arena *arena, const char *what, const struct tend_str *told, int n)
{
	return n > TOLD ? tend_arena_format(
		       arena, _("%s: %s and %d more"), what, tend_str_text(told), n - TOLD)
			: tend_arena_format(arena, _("%s: %s"), what, tend_str_text(told));
}

/* All of the n entries or none: someone who wants back more than there is has mistaken the number. */
static enum tend_status travel(
	struct tend_app *a, int n, bool back, struct tend_done *ret, struct tend_error *err)
{
	enum tend_status status = tend_store_begin(a->store, NULL, err);
	if (status != TEND_OK) {
		return status;
	}
	struct tend_str text = {0};
	struct ids touched = {0};
	int done = 0;
	char *segments = segments_stamp(a);
	for (; done < n && status == TEND_OK; done += status == TEND_OK) {
		struct tend_history_row row;
		tend_record_clear(&tend_history_type, &row);
		status = (back ? tend_store_undo : tend_store_redo)(
			a->store, tend_app_now(a), a->today, &ret->arena, &row, err);
		if (status == TEND_OK) {
			tend_str_addf(&text, "%s%s", done > 0 && done < TOLD ? "; " : "",
				done < TOLD && row.summary != NULL ? row.summary : "");
			ret->changes += row.changes > 0 ? row.changes : 1;
			status = add_touched(a, &touched, err);
		}
	}
	if (status == TEND_NOT_FOUND && done > 0) {
		ret->changes = 0;
		status = back ? tend_fail(err, TEND_NOT_FOUND,
				 done == 1 ? _("only %d entry can be taken back")
					   : _("only %d entries can be taken back"),
				 done)
			      : tend_fail(err, TEND_NOT_FOUND,
				      done == 1 ? _("only %d entry can be done again")
						: _("only %d entries can be done again"),
				      done);
	}
	ret->summary = travel_summary(&ret->arena, back ? _("undone") : _("done again"), &text, n);
	tend_str_finish(&text);
	char *now = segments_stamp(a);
	if (status == TEND_OK && !tend_same(segments, now)) {
		status = segments_touch(a, &touched, err);
	}
	free(segments);
	free(now);
	return travel_end(a, status, &touched, err);
}

enum tend_status tend_app_undo(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	if (n < 1) {
		return tend_fail(err, TEND_USAGE, _("undo takes back 1 entry or more"));
	}
	return travel(a, n, true, ret, err);
}

enum tend_status tend_app_redo(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err)
{
	done_begin(a, ret);
	if (n < 1) {
		return tend_fail(err, TEND_USAGE, _("redo does 1 entry or more again"));
	}
	return travel(a, n, false, ret, err);
}
