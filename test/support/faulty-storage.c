/* Preloaded into FFmpeg by tests: reading FAULTY_PATH fails with EIO once FAULTY_AFTER bytes have been read from it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t taken;

static int is_faulty(int fd) {
  char link[64], path[PATH_MAX];
  const char *faulty = getenv("FAULTY_PATH");
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (!faulty || length < 0) return 0;
  path[length] = 0;
  return strcmp(path, faulty) == 0;
}

ssize_t read(int fd, void *buffer, size_t count) {
  ssize_t (*real)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
  if (!is_faulty(fd)) return real(fd, buffer, count);
  if (taken >= strtoul(getenv("FAULTY_AFTER"), NULL, 10)) {
    errno = EIO;
    return -1;
  }
  ssize_t got = real(fd, buffer, count);
  if (got > 0) taken += got;
  return got;
}
