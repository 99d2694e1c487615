/* SPDX-License-Identifier: MIT */
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
	return status != TEND_OK ? status : query_apply(ret, q, NULL, err);
}

/* After an undo or redo: the customers that it touched are judged anew, outside the journal. */
static enum tend_status evaluate_touched(struct tend_app *a, struct tend_error *err)
{
	struct ids ids = {0};
	enum tend_status status = tend_store_touched(a->store, &ids.items, &ids.n, err);
	journeys_forget(a);
	status = status != TEND_OK ? status : tend_store_begin(a->store, NULL, err);
	if (status == TEND_OK) {
		ids_settle(&ids);
		status = evaluate_customers(a, ids.items, ids.n, err);
		if (status == TEND_OK) {
			status = tend_store_commit(a->store, NULL, NULL, err);
		} else {
			tend_store_rollback(a->store);
		}
	}
	ids_finish(&ids);
	a->version = tend_store_version(a->store);
	return status;
}

/* The entry that undo would take back next, in `list`; NULL where there is none. */
static const struct tend_history_row *next_undo(
	struct tend_app *a, struct tend_list *list, int skip)
{
	if (tend_app_history(a, 0, TEND_NO_DATE, NULL, list, NULL) != TEND_OK) {
		return NULL;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_history_row *row = tend_list_at(list, i);
		if (row->undone != 1 && skip-- == 0) {
			return row;
		}
	}
	return NULL;
}

char *tend_app_undo_summary(struct tend_app *a)
{
	struct tend_list list;
	tend_list_init(&list, &tend_history_type);
	const struct tend_query few = {.limit = 32};
	char *summary = NULL;
	/* The newest few are enough nearly always; only a long row of undone ones needs them all. */
	if (tend_app_history(a, 0, TEND_NO_DATE, &few, &list, NULL) == TEND_OK) {
		for (size_t i = 0; i < list.n && summary == NULL; i++) {
			const struct tend_history_row *row = tend_list_at(&list, i);
			summary = row->undone != 1 ? tend_strdup(row->summary) : NULL;
		}
	}
	bool all = list.n < few.limit;
	tend_list_finish(&list);
	if (summary == NULL && !all) {
		const struct tend_history_row *row = next_undo(a, &list, 0);
		summary = row != NULL ? tend_strdup(row->summary) : NULL;
		tend_list_finish(&list);
	}
	return summary;
}

static enum tend_status undo_dry(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err)
{
	struct tend_list list;
	for (int i = 0; i < n; i++) {
		const struct tend_history_row *row = next_undo(a, &list, i);
		if (row != NULL) {
			ret->summary = tend_arena_format(&ret->arena, "%s%s%s",
				i > 0 ? ret->summary : "", i > 0 ? "; " : "", row->summary);
			ret->changes += row->changes;
		}
		tend_list_finish(&list);
		if (row == NULL) {
			return i > 0
				? TEND_OK
				: tend_fail(err, TEND_NOT_FOUND, _("there is nothing to undo"));
		}
	}
	ret->summary = tend_arena_format(&ret->arena, _("dry run: %s"), ret->summary);
	return TEND_OK;
}

enum tend_status tend_app_undo(
	struct tend_app *a, int n, struct tend_done *ret, struct tend_error *err)
{
	*ret = (struct tend_done){0};
	if (n < 1) {
		return tend_fail(err, TEND_USAGE, _("undo takes back 1 entry or more"));
	}
	if (a->dry_run) {
		return undo_dry(a, n, ret, err);
	}
	struct tend_str text = {0};
	enum tend_status status = TEND_OK;
	int done = 0;
	for (; done < n && status == TEND_OK; done++) {
		struct tend_history_row row;
		tend_record_clear(&tend_history_type, &row);
		status = tend_store_undo(
			a->store, tend_app_now(a), a->today, &ret->arena, &row, err);
		if (status == TEND_OK) {
			tend_str_addf(&text, "%s%s", done > 0 ? "; " : "",
				row.summary != NULL ? row.summary : "");
			ret->changes += row.changes > 0 ? row.changes : 1;
			status = evaluate_touched(a, err);
		}
	}
	if (status == TEND_NOT_FOUND && text.len > 0) {
		status = TEND_OK; /* fewer entries than asked for */
	}
	ret->summary = tend_arena_format(&ret->arena, _("undone: %s"), tend_str_text(&text));
	tend_str_finish(&text);
	return status;
}

enum tend_status tend_app_redo(struct tend_app *a, struct tend_done *ret, struct tend_error *err)
{
	*ret = (struct tend_done){0};
	if (a->dry_run) {
		return tend_fail(err, TEND_USAGE,
			_("redo has no dry run; `tend history` shows what was undone"));
	}
	struct tend_history_row row;
	tend_record_clear(&tend_history_type, &row);
	enum tend_status status =
		tend_store_redo(a->store, tend_app_now(a), a->today, &ret->arena, &row, err);
	if (status != TEND_OK) {
		return status;
	}
	ret->summary = tend_arena_format(
		&ret->arena, _("done again: %s"), row.summary != NULL ? row.summary : "");
	ret->changes = row.changes > 0 ? row.changes : 1;
	return evaluate_touched(a, err);
}
