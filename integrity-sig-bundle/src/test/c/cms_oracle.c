/*
 * Says of each of many detached CMS messages what OpenSSL's CMS_verify() says.
 * usage: cms_oracle CERTIFICATES.pem CASES
 *
 * CASES is a row of cases: the length of the message and the length of the content, four bytes each with the highest first,
 * then message and content. Prints one line per case: "good", or OpenSSL's reason.
 *
 * The certificates are trusted as they are, like those in a keyring: no clock, no purpose, no chain above them.
 */
#include <stdio.h>
#include <stdlib.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#define MAX_SIZE (1 << 20)

static unsigned char message[MAX_SIZE], content[MAX_SIZE];

static void die(const char *what)
{
	fprintf(stderr, "cms_oracle: %s\n", what);
	exit(1);
}

static void trust(const char *path, X509_STORE *store, STACK_OF(X509) *stack)
{
	FILE *file = fopen(path, "r");
	X509 *certificate;

	if (!file)
		die(path);
	while ((certificate = PEM_read_X509(file, NULL, NULL, NULL)))
		if (!X509_STORE_add_cert(store, certificate) || !sk_X509_push(stack, certificate))
			die(path);
	fclose(file);
}

/* Returns -1 at the end of the file. */
static long read_length(FILE *file)
{
	unsigned char octets[4];

	if (fread(octets, 1, sizeof(octets), file) != sizeof(octets))
		return -1;
	return (long)octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3];
}

static const char *verify(X509_STORE *store, STACK_OF(X509) *stack, long size, long content_size)
{
	const unsigned char *at = message;
	CMS_ContentInfo *cms;
	BIO *data = BIO_new_mem_buf(content, (int)content_size);
	const char *reason = "good";

	ERR_clear_error();
	cms = d2i_CMS_ContentInfo(NULL, &at, size);
	if (!cms || !CMS_verify(cms, stack, store, data, NULL, CMS_BINARY))
		reason = ERR_reason_error_string(ERR_peek_last_error());
	CMS_ContentInfo_free(cms);
	BIO_free(data);
	return reason ? reason : "no reason";
}

int main(int argc, char **argv)
{
	X509_STORE *store = X509_STORE_new();
	STACK_OF(X509) *stack = sk_X509_new_null();
	long size, content_size;
	FILE *cases;

	if (argc != 3)
		die("usage: cms_oracle CERTIFICATES.pem CASES");
	trust(argv[1], store, stack);
	X509_VERIFY_PARAM_set_flags(X509_STORE_get0_param(store), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
	X509_VERIFY_PARAM_set_purpose(X509_STORE_get0_param(store), X509_PURPOSE_ANY);
	cases = fopen(argv[2], "rb");
	if (!cases)
		die(argv[2]);
	while ((size = read_length(cases)) >= 0) {
		content_size = read_length(cases);
		if (size > MAX_SIZE || content_size < 0 || content_size > MAX_SIZE)
			die("a case is too long");
		if (fread(message, 1, size, cases) != (size_t)size || fread(content, 1, content_size, cases) != (size_t)content_size)
			die("a case is cut off");
		puts(verify(store, stack, size, content_size));
	}
	fclose(cases);
	return 0;
}
