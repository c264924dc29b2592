/* Loads "r0 = 1; exit" once; exits with 0 or the error number. */
#include <errno.h>
#include "socket_filter.h"

int main(void)
{
	return load_socket_filter() < 0 ? errno : 0;
}
