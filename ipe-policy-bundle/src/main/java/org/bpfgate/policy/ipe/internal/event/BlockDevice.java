package org.bpfgate.policy.ipe.internal.event;

import org.jspecify.annotations.Nullable;

/**
 * What dm-verity knows about the block device under a file.
 *
 * @param rootHash the root hash of the volume; null when it is not a verity volume
 * @param signed whether the kernel validated a signature of the root hash when the volume was set up
 */
public record BlockDevice(@Nullable FileDigest rootHash, boolean signed) {}
