package org.bpfgate.benchmarks.allowlist;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.program.ProgramDigest;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * A mapped B+ tree of LMDB with empty values, filled in the order of the keys by one transaction. A thread asks in one
 * transaction that it keeps, which LMDB does fastest.
 *
 * @param file the database
 * @param count its keys
 */
record LmdbStore(Path file, long count) implements Store {
    /** Bytes of address space for each key, far more than it takes. */
    private static final long ROOM = 128;

    private static final long LEAST_ROOM = 1L << 20;

    @Override
    public String name() {
        return "LMDB";
    }

    @Override
    public void make(Path sorted, long keys) throws Exception {
        try (Env<ByteBuffer> env = environment(EnvFlags.MDB_NOSUBDIR);
                Txn<ByteBuffer> transaction = env.txnWrite()) {
            Dbi<ByteBuffer> listed = env.openDbi(transaction, null, null, false, DbiFlags.MDB_CREATE);
            ByteBuffer key = ByteBuffer.allocateDirect(ProgramDigest.SIZE);
            ByteBuffer empty = ByteBuffer.allocateDirect(0);
            SortedList.forEach(sorted, digest -> {
                listed.put(transaction, key.clear().put(digest.toByteArray()).flip(), empty, PutFlags.MDB_APPEND);
            });
            transaction.commit();
        }
    }

    private Env<ByteBuffer> environment(EnvFlags... flags) {
        return Env.create().setMapSize(LEAST_ROOM + count * ROOM).open(file.toFile(), flags);
    }

    @Override
    public Opened open() {
        Env<ByteBuffer> env = environment(
                EnvFlags.MDB_NOSUBDIR,
                EnvFlags.MDB_RDONLY_ENV,
                EnvFlags.MDB_NOLOCK,
                EnvFlags.MDB_NOTLS,
                EnvFlags.MDB_NORDAHEAD);
        Dbi<ByteBuffer> listed;
        try (Txn<ByteBuffer> transaction = env.txnRead()) {
            listed = env.openDbi(transaction, null, null, false);
        }
        return new OpenTree(env, listed, new CopyOnWriteArrayList<>());
    }

    private record OpenTree(Env<ByteBuffer> env, Dbi<ByteBuffer> listed, List<Txn<ByteBuffer>> transactions)
            implements Opened {
        @Override
        public Reader reader() {
            Txn<ByteBuffer> transaction = env.txnRead();
            transactions.add(transaction);
            ByteBuffer key = ByteBuffer.allocateDirect(ProgramDigest.SIZE);
            return digest -> listed.get(
                            transaction, key.clear().put(digest.toByteArray()).flip())
                    != null;
        }

        @Override
        public void close() {
            transactions.forEach(Txn::close);
            env.close();
        }
    }
}
