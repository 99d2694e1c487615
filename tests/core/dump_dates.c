/* SPDX-License-Identifier: MIT */
/*
 * What oracle_dates.py compares with. usage: dump_dates days|months|workdays
 * days: a line per day of 1600-2600. months: a checksum per month of them over all days and 0..48
 * months. workdays: reads "h DAY", "w DAY" (sorted) and "q DAY N" with day numbers, answers each q.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tend/date.h>

enum { FIRST_YEAR = 1600, LAST_YEAR = 2600, MONTHS = 48, MAX_DAYS = 4096 };

static int dump_days(void)
{
	struct tend_date d, last;
	if (!tend_date_from_ymd(FIRST_YEAR, 1, 1, &d)
		|| !tend_date_from_ymd(LAST_YEAR, 12, 31, &last)) {
		return 1;
	}
	for (; d.day <= last.day; d.day++) {
		char buf[TEND_DATE_LEN];
		int year, week = tend_date_iso_week(d, &year);
		struct tend_date back;
		if (!tend_date_parse(tend_date_format(d, buf), &back) || back.day != d.day) {
			return 1;
		}
		(void)printf(
			"%" PRId32 " %s %d %d %d\n", d.day, buf, year, week, tend_date_weekday(d));
	}
	return 0;
}

static int64_t checksum(int y, int m)
{
	int64_t sum = 0;
	struct tend_date from;
	for (int d = 1; tend_date_from_ymd(y, m, d, &from); d++) {
		for (int months = 0; months <= MONTHS; months++) {
			sum += (int64_t)tend_date_add_months(from, months).day * d * (months + 1);
		}
	}
	return sum;
}

static int dump_months(void)
{
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		for (int m = 1; m <= 12; m++) {
			(void)printf("%d %d %" PRId64 "\n", y, m, checksum(y, m));
		}
	}
	return 0;
}

static int dump_workdays(void)
{
	static struct tend_date holidays[MAX_DAYS], workdays[MAX_DAYS];
	struct tend_calendar cal = {"random", holidays, 0, workdays, 0};
	char line[64], kind;
	int32_t day;
	int n;
	while (fgets(line, sizeof(line), stdin) != NULL) {
		int fields = sscanf(line, "%c %" SCNd32 " %d", &kind, &day, &n);
		if (fields == 2 && kind == 'h' && cal.nholidays < MAX_DAYS) {
			holidays[cal.nholidays++] = (struct tend_date){day};
		} else if (fields == 2 && kind == 'w' && cal.nworkdays < MAX_DAYS) {
			workdays[cal.nworkdays++] = (struct tend_date){day};
		} else if (fields == 3 && kind == 'q') {
			struct tend_date d =
				tend_add_workdays(&cal, (struct tend_date){day}, n, false);
			struct tend_date back =
				tend_add_workdays(&cal, (struct tend_date){day}, n, true);
			(void)printf("%" PRId32 " %" PRId32 "\n", d.day, back.day);
		} else {
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(void);
	} modes[] = {{"days", dump_days}, {"months", dump_months}, {"workdays", dump_workdays}};
	for (size_t i = 0; argc == 2 && i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(argv[1], modes[i].name) == 0) {
			return modes[i].run();
		}
	}
	return 2;
}
