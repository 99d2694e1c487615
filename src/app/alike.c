/* SPDX-License-Identifier: MIT */
#include "alike.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tend/text.h>

/* What companies are in law, as words at the end; and as Chinese and Japanese write them, without a blank. */
static const char *const ending_words[] = {"ltd", "limited", "inc", "incorporated", "llc", "llp",
	"gmbh", "ag", "kg", "co", "company", "corp", "corporation", "plc", "sa", "sas", "sarl",
	"srl", "spa", "bv", "nv", "ab", "as", "oy", "pty", "pte", "kk", "group", "holding",
	"holdings"};
static const char *const endings[] = {
	"股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "集团", "株式会社"};

/* Blanks and punctuation, those of Chinese as well. */
static bool is_gap(uint32_t c)
{
	return c < 0x30 || (c > 0x39 && c < 0x41) || (c > 0x5a && c < 0x61)
		|| (c > 0x7a && c < 0xc0) || (c >= 0x2000 && c <= 0x206f)
		|| (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xff0f);
}

/* The words of a folded name, apart by one blank. */
static void add_words(struct tend_str *out, const char *s)
{
	size_t left = strlen(s);
	while (left > 0) {
		uint32_t c = 0;
		int n = tend_utf8_decode(s, left, &c);
		n = n > 0 ? n : 1;
		if (!is_gap(c)) {
			tend_str_addn(out, s, (size_t)n);
		} else if (c != '.' && c != '\'' && out->len > 0
			&& out->data[out->len - 1] != ' ') {
			tend_str_addc(out, ' '); /* "s.a." and "l'atelier" are one word */
		}
		s += n;
		left -= (size_t)n;
	}
	while (out->len > 0 && out->data[out->len - 1] == ' ') {
		out->data[--out->len] = '\0';
	}
}

static bool ends_with(const struct tend_str *s, const char *end, bool word)
{
	size_t n = strlen(end);
	return s->len > n && memcmp(s->data + s->len - n, end, n) == 0
		&& (!word || s->data[s->len - n - 1] == ' ');
}

static bool take_ending(struct tend_str *s)
{
	size_t n = 0;
	for (size_t i = 0; n == 0 && i < sizeof(ending_words) / sizeof(ending_words[0]); i++) {
		n = ends_with(s, ending_words[i], true) ? strlen(ending_words[i]) + 1 : 0;
	}
	for (size_t i = 0; n == 0 && i < sizeof(endings) / sizeof(endings[0]); i++) {
		n = ends_with(s, endings[i], false) ? strlen(endings[i]) : 0;
	}
	if (n == 0 || n >= s->len) {
		return false;
	}
	s->len -= n;
	s->data[s->len] = '\0';
	return true;
}

char *alike_name(const char *name, bool company)
{
	struct tend_str words = {0}, joined = {0};
	char *folded = tend_fold(name);
	add_words(&words, folded);
	free(folded);
	while (company && take_ending(&words)) {}
	for (const char *s = tend_str_text(&words); *s != '\0'; s++) {
		if (*s != ' ') {
			tend_str_addc(&joined, *s);
		}
	}
	char *form = tend_skeleton(tend_str_text(&joined));
	tend_str_finish(&words);
	tend_str_finish(&joined);
	return form;
}

/* The form, told apart by what it is of; NULL where there is nothing to compare. */
static const char *form_of(
	struct alikes *x, int64_t owner, const char *what, const char *name, bool company)
{
	char *form = name != NULL ? alike_name(name, company) : NULL;
	const char *key = form != NULL && *form != '\0'
		? tend_arena_format(&x->arena, "%lld%s%s", (long long)owner, what, form)
		: NULL;
	free(form);
	return key;
}

static void put(struct alikes *x, const char *form, size_t at)
{
	if (form != NULL && table_get(&x->names, form) == TABLE_NONE) {
		table_put(&x->names, form, at);
	}
}

void alikes_put_customer(struct alikes *x, const struct tend_customer *c, size_t at)
{
	put(x, form_of(x, 0, "=", c->name, true), at);
}

size_t alikes_customer(struct alikes *x, const struct tend_customer *c)
{
	const char *form = form_of(x, 0, "=", c->name, true);
	return form != NULL ? table_get(&x->names, form) : TABLE_NONE;
}

void alikes_put_contact(struct alikes *x, const struct tend_contact *c, size_t at)
{
	put(x, form_of(x, c->customer_id, "=", c->name, false), at);
	put(x, form_of(x, c->customer_id, "@", c->email, false), at);
}

size_t alikes_contact(struct alikes *x, const struct tend_contact *c)
{
	const char *name = form_of(x, c->customer_id, "=", c->name, false);
	const char *email = form_of(x, c->customer_id, "@", c->email, false);
	size_t at = name != NULL ? table_get(&x->names, name) : TABLE_NONE;
	return at == TABLE_NONE && email != NULL ? table_get(&x->names, email) : at;
}

void alikes_finish(struct alikes *x)
{
	table_finish(&x->names);
	tend_arena_finish(&x->arena);
}

enum tend_status alike_warn_customer(struct tend_app *a, const struct tend_customer *c,
	struct tend_done *done, struct tend_error *err)
{
	struct tend_list all;
	enum tend_status status =
		read_list(a, TEND_READ_CUSTOMER_KEYS, 0, &tend_customer_type, &all, err);
	char *form = alike_name(c->name, true);
	for (size_t i = 0; status == TEND_OK && *form != '\0' && i < all.n; i++) {
		const struct tend_customer *other = tend_list_at(&all, i);
		char *its = alike_name(other->name, true);
		bool alike = strcmp(its, form) == 0;
		free(its);
		if (alike) {
			done_warn(done, _("the name looks like that of %s (%s)"), other->key,
				other->name);
			break;
		}
	}
	free(form);
	tend_list_finish(&all);
	return status;
}

enum tend_status alike_warn_contact(struct tend_app *a, const struct tend_contact *c,
	struct tend_done *done, struct tend_error *err)
{
	struct tend_list all;
	struct alikes x = {0};
	enum tend_status status = read_records(a, &tend_contact_type, c->customer_id, &all, err);
	for (size_t i = 0; i < all.n; i++) {
		alikes_put_contact(&x, tend_list_at(&all, i), i);
	}
	size_t at = alikes_contact(&x, c);
	if (status == TEND_OK && at != TABLE_NONE) {
		const struct tend_contact *other = tend_list_at(&all, at);
		done_warn(done, _("the contact looks like %s (%s)"), other->key, other->name);
	}
	alikes_finish(&x);
	tend_list_finish(&all);
	return status;
}
