/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/exchange.h>

static void end_row(struct tend_str *out, const char *reason)
{
	tend_csv_cell(out, reason, ',', true);
	tend_str_add(out, "\r\n");
}

void tend_rejects_head(struct tend_str *out, const char *const *names, size_t n)
{
	bool taken = false; /* a churn's own reason */
	for (size_t i = 0; i < n; i++) {
		tend_csv_cell(out, names[i], ',', true);
		tend_str_addc(out, ',');
		taken = taken || strcmp(names[i], "reason") == 0;
	}
	end_row(out, taken ? "rejected_reason" : "reason");
}

void tend_rejects_row(
	struct tend_str *out, const struct tend_cell_row *row, size_t ncolumns, const char *reason)
{
	struct tend_str cell = {0};
	for (size_t i = 0; i < ncolumns; i++) {
		tend_str_clear(&cell);
		tend_str_add(&cell, i < row->ncells && row->cells[i] != NULL ? row->cells[i] : "");
		for (size_t k = ncolumns; i + 1 == ncolumns && k < row->ncells; k++) {
			tend_str_addf(&cell, ",%s", row->cells[k] != NULL ? row->cells[k] : "");
		}
		tend_csv_cell(out, tend_str_text(&cell), ',', true);
		tend_str_addc(out, ',');
	}
	end_row(out, reason);
	tend_str_finish(&cell);
}
