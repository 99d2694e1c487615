/* SPDX-License-Identifier: MIT */
/* argv, locale, clock and terminal; everything else is done by the faces. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <tend/faces.h>
#include <tend/str.h>

/* The codeset decides what can be shown; C.UTF-8 is on every system that has none other. */
static void set_locale(void)
{
	if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
		(void)setlocale(LC_CTYPE, "C.UTF-8");
	}
}

/* $SOURCE_DATE_EPOCH stands in for the clock where a result has to be reproducible. */
static int64_t clock_seconds(void *ctx)
{
	(void)ctx;
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	long long seconds;
	if (fixed != NULL && tend_parse_int(fixed, &seconds)) {
		return seconds;
	}
	return (int64_t)time(NULL);
}

static int local_offset(int64_t now)
{
	time_t t = (time_t)now;
	struct tm local, utc;
	if (localtime_r(&t, &local) == NULL || gmtime_r(&t, &utc) == NULL) {
		return 0;
	}
	int days = local.tm_yday - utc.tm_yday;
	days = days > 1 ? -1 : days < -1 ? 1 : days; /* over the turn of the year */
	return ((days * 24 + local.tm_hour - utc.tm_hour) * 60 + local.tm_min - utc.tm_min) * 60;
}

static int terminal_columns(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int main(int argc, char **argv)
{
	set_locale();
	tend_lang_set(tend_lang_from_env());
	bool terminal = isatty(STDOUT_FILENO) && isatty(STDIN_FILENO);
	struct tend_cli_env env = {
		.out = stdout,
		.messages = stderr,
		.out_is_terminal = terminal,
		.columns = terminal ? terminal_columns() : 0,
		.clock = clock_seconds,
		.utc_offset = local_offset(clock_seconds(NULL)),
		.workbench = tend_workbench_run,
		.screen = tend_workbench_screen,
		.terminal = tend_workbench_terminal,
	};
	return tend_cli_run(argc, argv, &env);
}
