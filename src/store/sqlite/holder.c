/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "sqlite/sqlite.h"

/*
 * Read from the kernel's list: asking by fcntl would need the file to be opened and closed again, and
 * closing it would give up the locks that this process holds on it.
 */
long sqlite_lock_holder(const char *path)
{
	struct stat st;
	FILE *f = stat(path, &st) == 0 ? fopen("/proc/locks", "re") : NULL;
	if (f == NULL) {
		return 0;
	}
	char line[256];
	long holder = 0;
	while (holder == 0 && fgets(line, sizeof(line), f) != NULL) {
		long pid;
		unsigned long inode;
		unsigned major, minor;
		if (sscanf(line, "%*d: POSIX ADVISORY WRITE %ld %x:%x:%lu", &pid, &major, &minor,
			    &inode)
				== 4
			&& inode == st.st_ino && makedev(major, minor) == st.st_dev
			&& pid != (long)getpid()) {
			holder = pid;
		}
	}
	(void)fclose(f);
	return holder;
}
