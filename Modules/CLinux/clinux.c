#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <sys/random.h>

int sp_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return accept4(fd, address, length, flags);
}

int sp_random(void *bytes, size_t count) {
  uint8_t *next = bytes;
  while (count > 0) {
    ssize_t got = getrandom(next, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    next += got;
    count -= (size_t)got;
  }
  return 0;
}
