/*
 * Verifies one detached CMS message again and again, and prints the nanoseconds that one verification takes.
 * usage: cms_verify CERTIFICATE.pem MESSAGE.der CONTENT
 *
 * Each turn begins with the bytes of the message, as a decision of the gate does. The certificate is parsed once and trusted
 * as it is, as one in a keyring.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#define NANOS_PER_SECOND 1000000000LL
#define WARM_UP NANOS_PER_SECOND
#define MEASURED (3 * NANOS_PER_SECOND)
#define MAX_FILE 65536

struct bytes {
	unsigned char at[MAX_FILE];
	int size;
};

static void die(const char *what)
{
	fprintf(stderr, "cms_verify: %s\n", what);
	ERR_print_errors_fp(stderr);
	exit(1);
}

static void read_file(const char *path, struct bytes *into)
{
	FILE *file = fopen(path, "rb");

	if (!file)
		die(path);
	into->size = (int)fread(into->at, 1, sizeof(into->at), file);
	fclose(file);
}

static STACK_OF(X509) *read_certificate(const char *path)
{
	STACK_OF(X509) *stack = sk_X509_new_null();
	FILE *file = fopen(path, "r");
	X509 *certificate;

	if (!file || !stack)
		die(path);
	certificate = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	if (!certificate || !sk_X509_push(stack, certificate))
		die(path);
	return stack;
}

static void verify(STACK_OF(X509) *trusted, const struct bytes *message, const struct bytes *content)
{
	const unsigned char *at = message->at;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, message->size);
	BIO *data = BIO_new_mem_buf(content->at, content->size);

	if (!cms || !data)
		die("the message is not readable");
	if (!CMS_verify(cms, trusted, NULL, data, NULL, CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY))
		die("the message does not verify");
	BIO_free(data);
	CMS_ContentInfo_free(cms);
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

/* Verifies until the time has passed; returns nanoseconds per verification. */
static double run(long long nanos, STACK_OF(X509) *trusted, const struct bytes *message, const struct bytes *content)
{
	long long start = now();
	long long end = start;
	long count = 0;

	for (; end - start < nanos; end = now(), count++)
		verify(trusted, message, content);
	return (double)(end - start) / count;
}

int main(int argc, char **argv)
{
	static struct bytes message, content;
	STACK_OF(X509) *trusted;

	if (argc != 4)
		die("usage: cms_verify CERTIFICATE.pem MESSAGE.der CONTENT");
	trusted = read_certificate(argv[1]);
	read_file(argv[2], &message);
	read_file(argv[3], &content);
	run(WARM_UP, trusted, &message, &content);
	printf("%.1f\n", run(MEASURED, trusted, &message, &content));
	return 0;
}
