/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/fields.h>
#include <tend/lang.h>
#include <tend/people.h>
#include <tend/str.h>
#include <tend/text.h>

/* --- who was touched --- */

/* A name or key by which a contact may be called. */
struct called {
	int64_t customer_id;
	char *name; /* folded */
	size_t contact;
};

static int compare(const void *a, const void *b)
{
	const struct called *x = a, *y = b;
	if (x->customer_id != y->customer_id) {
		return x->customer_id < y->customer_id ? -1 : 1;
	}
	return strcmp(x->name, y->name);
}

static size_t add_called(struct called *all, size_t n, const struct tend_contact *c, size_t contact,
	const char *name)
{
	if (name == NULL || *name == '\0') {
		return n;
	}
	all[n] = (struct called){c->customer_id, tend_fold(name), contact};
	return n + 1;
}

/* The last day up to which a contact may be silent; none where nothing was meant. */
static struct tend_date silent_after(const struct tend_contact *c)
{
	struct tend_duration every;
	return c->cadence != NULL && tend_duration_parse(c->cadence, &every)
			&& tend_has_date(c->last_touch)
		? tend_date_add(NULL, c->last_touch, every)
		: TEND_NO_DATE;
}

/* All contacts of the customer with that name: of two with one name nobody can say which it was. */
static bool touch(const struct called *all, size_t n, const struct tend_activity *t,
	const char *name, struct tend_contact *contacts)
{
	const struct called key = {.customer_id = t->customer_id, .name = (char *)name};
	const struct called *at = bsearch(&key, all, n, sizeof(*all), compare);
	if (at == NULL) {
		return false;
	}
	while (at > all && compare(at - 1, &key) == 0) {
		at--;
	}
	for (; at < all + n && compare(at, &key) == 0; at++) {
		struct tend_contact *c = &contacts[at->contact];
		c->last_touch = t->date.day > c->last_touch.day ? t->date : c->last_touch;
	}
	return true;
}

/* Ends the name at `at` and gives where the next one begins. Folded, a full-width comma is ','. */
static char *next_name(char *at)
{
	static const char list_comma[] = "\xe3\x80\x81"; /* U+3001 */
	char *comma = strstr(at, list_comma), *sign = strpbrk(at, ",;/&");
	bool wide = comma != NULL && (sign == NULL || comma < sign);
	char *end = wide ? comma : sign;
	if (end == NULL) {
		return NULL;
	}
	*end = '\0';
	return end + (wide ? sizeof(list_comma) - 1 : 1);
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t n = strlen(text);
	while (n > 0 && strchr(" \t", text[n - 1]) != NULL) {
		text[--n] = '\0';
	}
	return text;
}

static void touch_all(const struct called *all, size_t n, const struct tend_activity *t,
	struct tend_contact *contacts)
{
	char *names = tend_fold(t->contact);
	char *at = names;
	if (!touch(all, n, t, trim(at), contacts)) {
		while (at != NULL) {
			char *next = next_name(at);
			(void)touch(all, n, t, trim(at), contacts);
			at = next;
		}
	}
	free(names);
}

void tend_people_touch(struct tend_contact *contacts, size_t n, const struct tend_activity *touches,
	size_t ntouches, struct tend_date day)
{
	struct called *all = tend_calloc(n * 2 + 1, sizeof(*all));
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		contacts[i].last_touch = TEND_NO_DATE;
		count = add_called(all, count, &contacts[i], i, contacts[i].key);
		count = add_called(all, count, &contacts[i], i, contacts[i].name);
	}
	qsort(all, count, sizeof(*all), compare);
	for (size_t i = 0; i < ntouches; i++) {
		const struct tend_activity *t = &touches[i];
		if (t->contact != NULL && tend_has_date(t->date) && t->date.day <= day.day) {
			touch_all(all, count, t, contacts);
		}
	}
	for (size_t i = 0; i < count; i++) {
		free(all[i].name);
	}
	free(all);
	for (size_t i = 0; i < n; i++) {
		struct tend_contact *c = &contacts[i];
		bool touched = tend_has_date(c->last_touch);
		c->silent_days = touched ? day.day - c->last_touch.day : TEND_NO_INT;
		if (!tend_contact_is_there(c, day)) {
			c->silent = 0;
		} else if (c->cadence != NULL) {
			struct tend_date last = silent_after(c); /* none: past all days */
			c->silent = !touched || (tend_has_date(last) && day.day > last.day);
		} else {
			c->silent = TEND_NO_INT; /* nobody said how long it may be */
		}
	}
}

bool tend_contact_is_there(const struct tend_contact *c, struct tend_date day)
{
	return !tend_has_date(c->left) || c->left.day > day.day;
}

/* --- what they say of a customer --- */

static int rank_of(const char *word, const char *const *words, int n)
{
	for (int i = 0; i < n; i++) {
		if (word != NULL && strcmp(word, words[i]) == 0) {
			return i;
		}
	}
	return n;
}

int tend_influence_rank(const char *influence)
{
	static const char *const words[] = {"high", "medium", "low"};
	return rank_of(influence, words, TEND_INFLUENCES - 1);
}

int tend_stance_rank(const char *stance)
{
	static const char *const words[] = {
		"champion", "supporter", "neutral", "critic", "blocker"};
	return rank_of(stance, words, TEND_STANCES - 1);
}

static const char *const needed_roles[] = {"decision-maker", "system-contact", "user"};

static void count_contact(
	struct tend_stakeholder *s, const struct tend_contact *c, bool *has, struct tend_date day)
{
	int stance = tend_stance_rank(c->stance);
	bool sponsor = tend_same(c->role, "sponsor");
	s->contacts++;
	s->champions += stance == 0 || tend_same(c->role, "champion");
	s->critics += stance == 3 || stance == 4;
	s->decision_makers += sponsor || tend_same(c->role, needed_roles[0]);
	s->silent += c->silent == 1;
	for (size_t i = 0; i < COUNT_OF(needed_roles); i++) {
		has[i] |= tend_same(c->role, needed_roles[i]) || (i == 0 && sponsor);
	}
	if (c->last_touch.day > s->last_touch.day) {
		s->last_touch = c->last_touch;
	}
	if (c->cadence != NULL) {
		struct tend_date next =
			tend_has_date(c->last_touch) ? silent_after(c) : day; /* never: at once */
		if (tend_has_date(next)
			&& (!tend_has_date(s->next_touch) || next.day < s->next_touch.day)) {
			s->next_touch = next;
		}
	}
}

/* One person alone is there, or all touches of late were with one. */
static void find_thread(struct tend_stakeholder *s, const struct tend_contact *contacts, size_t n,
	struct tend_date day, struct tend_arena *arena)
{
	const struct tend_contact *only = NULL;
	int64_t touched = 0;
	for (size_t i = 0; i < n; i++) {
		const struct tend_contact *c = &contacts[i];
		bool late = tend_has_date(c->last_touch)
			&& c->last_touch.day > day.day - TEND_THREAD_DAYS;
		bool counts = tend_contact_is_there(c, day) && (late || s->contacts == 1);
		only = counts ? c : only;
		touched += counts;
	}
	if (touched == 0) {
		s->thread = s->contacts == 0
			? tend_arena_strdup(arena, _("nobody is there"))
			: tend_arena_format(
				arena, _("nobody was touched in %d days"), TEND_THREAD_DAYS);
		return;
	}
	s->single_thread = touched == 1;
	const char *name = touched > 1 ? NULL : only->name != NULL ? only->name : only->key;
	s->thread = touched > 1    ? tend_arena_format(arena, _("%lld people touched in %d days"),
			       (long long)touched, TEND_THREAD_DAYS)
		: s->contacts == 1 ? tend_arena_format(arena, _("%s is the only contact"), name)
				   : tend_arena_format(arena, _("in %d days only %s was touched"),
					   TEND_THREAD_DAYS, name);
}

void tend_stakeholder_fill(struct tend_stakeholder *s, const struct tend_contact *contacts,
	size_t n, struct tend_date day, struct tend_arena *arena)
{
	bool has[COUNT_OF(needed_roles)] = {false};
	struct tend_str missing = {0};
	s->contacts = s->decision_makers = s->champions = s->critics = s->silent = 0;
	s->single_thread = TEND_NO_INT;
	s->last_touch = s->next_touch = TEND_NO_DATE;
	for (size_t i = 0; i < n; i++) {
		if (tend_contact_is_there(&contacts[i], day)) {
			count_contact(s, &contacts[i], has, day);
		}
	}
	s->missing_roles = 0;
	for (size_t i = 0; i < COUNT_OF(needed_roles); i++) {
		s->missing_roles += !has[i];
		if (!has[i]) {
			tend_str_addf(
				&missing, "%s%s", missing.len > 0 ? "," : "", needed_roles[i]);
		}
	}
	s->missing = tend_arena_strdup(arena, tend_str_text(&missing));
	tend_str_finish(&missing);
	find_thread(s, contacts, n, day, arena);
}

#define S struct tend_stakeholder
#define D TEND_F_DERIVED
#define DW (TEND_F_DERIVED | TEND_F_WIDE)

static const struct tend_field fields[] = {
	TEXT(S, customer, TEND_F_KEY | D, "Customer", "客户", .max = TEND_KEY_MAX),
	TEXT(S, name, D, "Name", "名称"),
	TEXT(S, owner, DW, "Owner", "负责人"),
	TEXT(S, segment, DW, "Segment", "分层"),
	INT(S, contacts, D, "Contacts", "联系人"),
	INT(S, decision_makers, D, "Decision makers", "决策人"),
	INT(S, champions, D, "Champions", "拥护者"),
	INT(S, critics, D, "Critics", "反对者"),
	INT(S, silent, D, "Silent", "沉默"),
	TAGS(S, missing, D, "Missing", "缺少角色"),
	INT(S, missing_roles, DW, "Roles missing", "缺少角色数"),
	BOOL(S, single_thread, D, "Single thread", "单线联系"),
	TEXT(S, thread, DW, "Thread", "联系面"),
	DATE(S, last_touch, D, "Last touch", "最近接触"),
	DATE(S, next_touch, D, "Next touch", "下次接触"),
	MONEY(S, arr, DW, "ARR", "年费"),
	TEXT(S, currency, DW, "Currency", "币种"),
	ROW_ID(S, customer_id),
};

const struct tend_record_type tend_stakeholder_type =
	RECORD_TYPE_OF(S, "stakeholder", "Stakeholders", "干系人", fields);
