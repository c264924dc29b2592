package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.UsedMap;
import org.jspecify.annotations.Nullable;

/** The maps of one load and their hashes, each computed once and only if it is asked for. Used by one thread. */
final class MapHashes {
    private final List<UsedMap> maps;
    private final byte[] @Nullable [] hashes;

    MapHashes(List<UsedMap> maps) {
        this.maps = maps;
        this.hashes = new byte[maps.size()] @Nullable [];
    }

    /** Returns whether a frozen map of the load has the signed hash. */
    boolean contains(SignedMap signed) {
        for (int i = 0; i < maps.size(); i++) {
            byte[] hash = hash(i);
            if (hash.length > 0 && signed.matches(hash)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether every frozen map of the load that has the signed hash is immutable. */
    boolean areImmutable(SignedMap signed) {
        for (int i = 0; i < maps.size(); i++) {
            byte[] hash = hash(i);
            if (hash.length > 0 && signed.matches(hash) && !maps.get(i).isImmutable()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the map at the signed index is immutable, or is to be skipped. */
    boolean isImmutableAt(SignedMap signed) {
        return signed.isEmpty() || maps.get(signed.index()).isImmutable();
    }

    /** Returns whether the map at the signed index has the signed hash, or is to be skipped. */
    boolean isAt(SignedMap signed) {
        return signed.isEmpty() || faultAt(signed) == null;
    }

    /** Returns what is wrong with the map at the signed index; null when nothing is. */
    @Nullable
    IntegrityReport faultAt(SignedMap signed) {
        int index = signed.index();
        if (index >= maps.size()) {
            return fault(ReasonCode.MISSING_MAP, "the signature speaks of map " + index + ", which the load has not");
        }
        if (!maps.get(index).isFrozen()) {
            return fault(ReasonCode.UNFROZEN_MAP, "the signed map " + index + " is not frozen");
        }
        byte[] hash = hash(index);
        if (hash.length == 0) {
            return fault(ReasonCode.UNHASHABLE_MAP, "the signed map " + index + " has no hash");
        }
        return signed.matches(hash)
                ? null
                : Reports.of(
                        IntegrityVerdict.UNEXPECTED,
                        ReasonCode.CHANGED_MAP,
                        "the contents of map " + index + " are not those that were signed");
    }

    private static IntegrityReport fault(ReasonCode code, String reason) {
        return Reports.of(IntegrityVerdict.FAULT, code, reason);
    }

    /** Returns the number of frozen maps that have a hash. */
    int hashable() {
        int count = 0;
        for (int i = 0; i < maps.size(); i++) {
            count += hash(i).length > 0 ? 1 : 0;
        }
        return count;
    }

    /** Returns whether each frozen map that has a hash is signed. */
    boolean areAllIn(List<SignedMap> signed) {
        for (int i = 0; i < maps.size(); i++) {
            if (hash(i).length > 0 && !isIn(signed, i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of maps that are not known to have one of the signed hashes. */
    int unsigned(List<SignedMap> signed) {
        int count = 0;
        for (int i = 0; i < maps.size(); i++) {
            count += isIn(signed, i) ? 0 : 1;
        }
        return count;
    }

    private boolean isIn(List<SignedMap> signed, int index) {
        byte[] hash = hash(index);
        return hash.length > 0 && signed.stream().anyMatch(map -> map.matches(hash));
    }

    /** Returns the hash; empty when the map is not frozen, or has none. */
    private byte[] hash(int index) {
        byte[] known = hashes[index];
        if (known == null) {
            Optional<byte[]> hash = maps.get(index).isFrozen() ? maps.get(index).sha256() : Optional.empty();
            known = hash.orElseGet(() -> new byte[0]);
            hashes[index] = known;
        }
        return known;
    }
}
