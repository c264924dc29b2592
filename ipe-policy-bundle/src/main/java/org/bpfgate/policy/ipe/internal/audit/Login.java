package org.bpfgate.policy.ipe.internal.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.audit.JsonMembers;

/**
 * The login user and session of a recorded action, the {@code loginuid} and the audit session of the kernel. Changes of the user keep them.
 *
 * @param auid the audit user id, unsigned; {@link #UNSET} when nobody logged in, as for services
 * @param session the audit session, unsigned; {@link #UNSET} likewise
 */
public record Login(long auid, long session) {
    /** {@code AUDIT_UID_UNSET} and {@code AUDIT_SID_UNSET} of {@code include/uapi/linux/audit.h}. */
    public static final long UNSET = 0xffff_ffffL;

    /** Refuses what does not fit 32 bits. */
    public Login {
        if (auid < 0 || auid > UNSET || session < 0 || session > UNSET) {
            throw new IllegalArgumentException("not the ids of a login: " + auid + ", " + session);
        }
    }

    /** Returns the login of this process; unset where the kernel keeps none. */
    public static Login current() {
        return new Login(read("/proc/self/loginuid"), read("/proc/self/sessionid"));
    }

    private static long read(String file) {
        try {
            return Long.parseLong(Files.readString(Path.of(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return UNSET;
        }
    }

    /** Returns the fields of the record. */
    String fields() {
        return "auid=" + auid + " ses=" + session;
    }

    /** Writes the members, and leaves out what is not set. */
    void describe(JsonMembers json) {
        if (auid != UNSET) {
            json.number("auid", auid);
        }
        if (session != UNSET) {
            json.number("session", session);
        }
    }
}
