/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/mem.h>
#include <tend/str.h>
#include <tend/text.h>

#include "support.h"

static bool look_alike(const char *a, const char *b)
{
	char *first = tend_skeleton(a), *second = tend_skeleton(b);
	bool same = strcmp(first, second) == 0;
	free(first);
	free(second);
	return same;
}

static void names_that_look_alike_are_found(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Northwind", "Nоrthwind"}, /* Cyrillic o */
		{"PayPal", "PayPaI"},
		{"Company 10", "Company lO"},
		{"Apple", "Αpple"},
		{"АСМЕ", "ACME"},
		{"ACME", "ＡＣＭＥ"},
		{"modern", "modem"},
		{"Ada  Ltd", "Ada Ltd"},
		{" Ada Ltd ", "Ada Ltd"},
		{"Ada\u00A0Ltd", "Ada Ltd"},
		{"Ada\u3000Ltd", "Ada Ltd"},
		{"ad\u200Bmin", "admin"},
		{"ad\u00ADmin", "admin"},
		{"café", "cafe\u0301"},
		{"ﬁnance", "finance"},
		{"O’Neil", "O'Neil"},
		{"A–B", "A-B"},
		{"工口公司", "エロ公司"},
		{"华东日报", "华东曰报"},
		{"⼝岸", "口岸"}, /* a radical */
		{"\u212Belvi", "Åelvi"},
		{"Alpha", "ALPHA"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!look_alike(rows[i][0], rows[i][1])) {
			fail_msg("'%s' and '%s' are told apart", rows[i][0], rows[i][1]);
		}
	}
}

static void names_that_differ_stay_apart(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Northwind", "Southwind"},
		{"华东渠道", "华南渠道"},
		{"Team A", "Team B"},
		{"未来", "末来"},
		{"Café", "Cafe"},
		{"Ada Ltd", "AdaLtd"},
		{"Region 2", "Region 3"},
		{"", "x"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (look_alike(rows[i][0], rows[i][1])) {
			fail_msg("'%s' and '%s' are taken for the same", rows[i][0], rows[i][1]);
		}
	}
}

/* Every letter that has a twin is swapped in every name: 200 pairs and more. */
static void every_swapped_letter_is_noticed(void **state)
{
	(void)state;
	static const char *const swaps[][2] = {{"a", "а"}, {"c", "с"}, {"e", "е"}, {"i", "і"},
		{"o", "о"}, {"o", "ο"}, {"p", "р"}, {"s", "ѕ"}, {"x", "х"}, {"y", "у"}, {"v", "ν"},
		{"l", "I"}, {"l", "1"}, {"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"}, {"H", "Η"},
		{"K", "К"}, {"M", "М"}, {"O", "0"}, {"O", "О"}, {"P", "Р"}, {"T", "Т"}, {"X", "Х"},
		{"a", "ａ"}, {"m", "rn"}, {"m", "𝐦"}};
	static const char *const names[] = {"Microsoft", "Oracle Cloud", "Paypal Payments",
		"Apple Bakery", "Exxon", "Baltic Maps", "Harbour Hotels", "Kestrel Optics",
		"Tomato Express", "Cobalt Systems", "Mills and Smiths", "Velvet Press",
		"Oslo Imports", "Canyon Pixels", "Maple Chemicals", "Company of Heroes",
		"Textile Exports", "Atlas Copper", "Extra Vitamins", "Casa Polo", "Helix Motors",
		"Pacific Optimal"};
	int pairs = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (size_t j = 0; j < sizeof(swaps) / sizeof(swaps[0]); j++) {
			const char *at = strstr(names[i], swaps[j][0]);
			if (at == NULL) {
				continue;
			}
			char *swapped = tend_format("%.*s%s%s", (int)(at - names[i]), names[i],
				swaps[j][1], at + strlen(swaps[j][0]));
			if (!look_alike(names[i], swapped)) {
				fail_msg("'%s' passes for '%s'", swapped, names[i]);
			}
			free(swapped);
			pairs++;
		}
	}
	assert_true(pairs >= 200);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void ten_thousand_ordinary_names_stay_apart(void **state)
{
	(void)state;
	static const char *const first[] = {"North", "South", "Blue", "Green", "Alpine", "Harbour",
		"Cobalt", "Delta", "Ember", "Falcon", "华东", "华南", "天成", "云图", "金桥",
		"Ромашка", "Müller", "Søren", "東京", "한빛"};
	static const char *const second[] = {
		"wind", "field", "bridge", "stone", "path", "科技", "软件", "实业", "物流", "医药"};
	static const char *const third[] = {"Traders", "Systems", "Logistics", "Foods", "Media",
		"有限公司", "集团", "GmbH", "股份", "Partners"};
	enum { NAMES = 20 * 10 * 10 * 5 };
	char **skeletons = calloc(NAMES, sizeof(*skeletons));
	for (int i = 0; i < NAMES; i++) {
		char *name = tend_format("%s%s %s %d", first[i % 20], second[i / 20 % 10],
			third[i / 200 % 10], i / 2000 + 2);
		skeletons[i] = tend_skeleton(name);
		free(name);
	}
	qsort(skeletons, NAMES, sizeof(*skeletons), compare);
	for (int i = 1; i < NAMES; i++) {
		assert_string_not_equal(skeletons[i - 1], skeletons[i]);
	}
	for (int i = 0; i < NAMES; i++) {
		free(skeletons[i]);
	}
	free(skeletons);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_look_alike_are_found),
		cmocka_unit_test(names_that_differ_stay_apart),
		cmocka_unit_test(every_swapped_letter_is_noticed),
		cmocka_unit_test(ten_thousand_ordinary_names_stay_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
