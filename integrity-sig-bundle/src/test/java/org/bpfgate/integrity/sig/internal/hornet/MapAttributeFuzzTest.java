package org.bpfgate.integrity.sig.internal.hornet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;

/** Runs over the committed inputs; with JAZZER_FUZZ=1 it goes on to search for new ones. */
class MapAttributeFuzzTest {
    @FuzzTest
    void attribute(byte[] bytes) {
        for (HornetMode mode : HornetMode.values()) {
            List<SignedMap> maps = new ArrayList<>();
            try {
                SignedMaps.read(bytes, mode, maps);
            } catch (BerException e) {
                e.what();
            }
            if (maps.size() > SignedMaps.MAX) {
                throw new AssertionError(maps.size() + " maps");
            }
        }
    }
}
