package org.bpfgate.policy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that manages the policies of one policy module: several are loaded, one of them decides. Registered by the
 * module's bundle, while its configuration names a place to keep them in, with the module's name as the property
 * {@link #LSM}.
 *
 * <p>Names are texts with one character per byte (ISO 8859-1), compared exactly. What a method reports as done survives a
 * crash of the process and of the machine; what fails leaves everything as it was. Evaluations that are under way end with the
 * policy that they began with. The methods check no privilege of a caller: who has the service is trusted, as who may write
 * the kernel's files. Safe for use by several threads, and by several processes on one place.
 *
 * <p>Besides the errors that each method names, all may fail with
 * <ul>
 *   <li>{@code EPERM}: the system does not let this process change, or read, the place
 *   <li>{@code EBUSY}: another process has been changing it for longer than anybody waits
 *   <li>{@code EBADMSG}: what is there is damaged
 *   <li>{@code EIO}: the system fails to read or write
 * </ul>
 */
@ProviderType
public interface PolicyAdmin {
    /** The service property that names the policy module, such as {@code ipe}. */
    String LSM = "bpfgate.lsm";

    /** Returns the policies that are loaded, by name in the order of its bytes. */
    List<LoadedPolicy> list() throws PolicyException;

    /**
     * Loads a policy under the name that it gives itself, as a write to {@code new_policy}. It does not decide until it is
     * activated.
     *
     * @param policy a CMS message with the policy's text as its content, DER or PEM; or the text itself, where the configuration
     *     allows unsigned policies
     * @return the policy, not active
     * @throws PolicyException the first of these that holds:
     *     {@code ENOMEM} the policy is larger than 4 MiB;
     *     {@code EBADMSG} the bytes are no such message, or are plain text and that is not allowed;
     *     {@code ENOPKG} no service reads signed texts;
     *     {@code ENOKEY} no keyring that may sign policies has the signer;
     *     {@code EKEYREJECTED} the signature is wrong, or the signer's key is revoked;
     *     {@code EBADMSG}, {@code EINVAL}, {@code ERANGE} the text is not a policy, with the place of the first error;
     *     {@code EACCES}, {@code ENAMETOOLONG} the name cannot be that of a directory;
     *     {@code EEXIST} a policy of that name is loaded
     */
    LoadedPolicy load(byte[] policy) throws PolicyException;

    /**
     * Replaces a policy by a newer one, as a write to {@code policies/NAME/update}. If the policy is active, the new one decides
     * from then on.
     *
     * @param name the policy to replace
     * @param policy as for {@link #load}
     * @return the new policy
     * @throws PolicyException the first of these that holds:
     *     {@code ENOENT} no policy of that name is loaded;
     *     what {@link #load} says about the bytes, the signature and the text;
     *     {@code EINVAL} the new policy gives itself another name;
     *     {@code ESTALE} its version is not greater than that of the loaded one
     */
    LoadedPolicy update(String name, byte[] policy) throws PolicyException;

    /**
     * Makes a policy the one that decides, in one step for all evaluations that begin afterwards; as {@code 1} written to
     * {@code policies/NAME/active}. For the active policy nothing happens.
     *
     * @return the policy, active
     * @throws PolicyException the first of these that holds:
     *     {@code ENOENT} no policy of that name is loaded;
     *     {@code ENOPKG}, {@code ENOKEY}, {@code EKEYREJECTED} the policy's signature is no longer accepted;
     *     {@code EINVAL} the active policy has a greater version, whatever its name
     */
    LoadedPolicy activate(String name) throws PolicyException;

    /**
     * Removes a policy, as {@code 1} written to {@code policies/NAME/delete}. Its name may then be loaded again with any version; what
     * keeps old versions out is the check of {@link #activate} against the active policy.
     *
     * @throws PolicyException the first of these that holds:
     *     {@code ENOENT} no policy of that name is loaded;
     *     {@code EPERM} it is active, or it is the boot policy, which the configuration holds
     */
    void delete(String name) throws PolicyException;
}
