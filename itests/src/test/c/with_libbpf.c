/* Loads an object as programs with libbpf do, and says of each program whether it has a descriptor. Exits with the error number. */
#include <errno.h>
#include <stdio.h>
#include <bpf/libbpf.h>

int main(int argc, char **argv)
{
	struct bpf_program *program;
	struct bpf_object *object = argc == 2 ? bpf_object__open_file(argv[1], NULL) : NULL;
	if (!object)
		return 99;
	int error = bpf_object__load(object);
	if (error)
		return -error;
	bpf_object__for_each_program(program, object)
		printf("%s %s\n", bpf_program__name(program), bpf_program__fd(program) > 2 ? "loaded" : "not loaded");
	bpf_object__close(object);
	return 0;
}
