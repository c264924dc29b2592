package org.bpfgate.policy.ipe.internal.store;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.PolicyException;

/** Which names a loaded policy can have: in the kernel each becomes a directory in securityfs. */
final class PolicyNames {
    /** {@code NAME_MAX} of {@code include/uapi/linux/limits.h}, in bytes, of which a name has one per character. */
    private static final int MAX_LENGTH = 255;

    private PolicyNames() {}

    /**
     * Refuses other names.
     *
     * @throws PolicyException {@code EACCES} for {@code .}, {@code ..} and names with a slash; {@code ENAMETOOLONG} for more than
     *     255 bytes
     */
    static void requireUsable(String name) throws PolicyException {
        if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new PolicyException(Errno.EACCES, "the policy's name \"" + name + "\" cannot be that of a directory");
        }
        if (name.length() > MAX_LENGTH) {
            throw new PolicyException(
                    Errno.ENAMETOOLONG,
                    "the policy's name has " + name.length() + " bytes, more than the " + MAX_LENGTH
                            + " of a directory");
        }
    }
}
