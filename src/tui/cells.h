/* SPDX-License-Identifier: MIT */
/* How values look in a list. Each appends the text and returns its role. */
#ifndef TUI_CELLS_H
#define TUI_CELLS_H

#include <tend/records.h>
#include <tend/str.h>

#include "role.h"

/* "+3d", "-2d", "today"; "--" where there is no day. Late ones are bad, those within a week soon. */
enum role cell_delta(struct tend_date day, struct tend_date today, struct tend_str *out);
/* "11-25", with the year where it is another one. */
void cell_day(struct tend_date day, struct tend_date today, struct tend_str *out);
/* "11-13 14:02" of local seconds. */
void cell_time(int64_t local, struct tend_date today, struct tend_str *out);
/* "##--- 48", "..... --". */
enum role cell_health(double score, const char *band, struct tend_str *out);
/* "$54,000.00". */
void cell_amount(int64_t minor, const char *currency, struct tend_str *out);
enum role cell_money(int64_t minor, struct tend_str *out); /* folded */
/* "[x]" by state; "[!]" for open ones that are late, "[.]" for those that wait for others, "[c]" where a
 * condition did it. */
enum role cell_box(const struct tend_milestone *m, struct tend_str *out);
/* A field of any record, or one of the team's own; "--" where it is not known. */
enum role cell_field(const struct tend_record_type *t, const void *record, const char *field,
	struct tend_date today, struct tend_str *out);
const char *severity_glyph(const char *severity);
enum role severity_role(const char *severity);
/* A number in at most `columns` columns, with as many digits as they have, six at most; "--" where unknown. */
enum role cell_quantity(double value, int columns, struct tend_str *out);
#define FADING (-0.3) /* use that fell by so much is bad */
enum role cell_change(double change, struct tend_str *out); /* "-45%" of a share */
/* A column that is filled up to so many eighths of the row, none to all; ASCII where asked. */
const char *cell_block(int eighths, bool ascii);
/* One character a value, from 0 to the largest; a blank where it is not known. */
void cell_spark(const double *values, size_t n, bool ascii, struct tend_str *out);

#endif
