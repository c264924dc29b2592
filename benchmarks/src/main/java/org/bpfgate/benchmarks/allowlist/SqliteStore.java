package org.bpfgate.benchmarks.allowlist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.program.ProgramDigest;

/**
 * A table of SQLite that is nothing but its key, filled in the order of the key by one transaction, and mapped.
 *
 * @param file the database
 */
record SqliteStore(Path file) implements Store {
    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public void make(Path sorted, long count) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            execute(connection, "CREATE TABLE listed (digest BLOB PRIMARY KEY) WITHOUT ROWID");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO listed VALUES (?)")) {
                SortedList.forEach(sorted, digest -> {
                    insert.setBytes(1, digest.toByteArray());
                    insert.executeUpdate();
                });
            }
            connection.commit();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first connection belongs to opening: SQLite reads the file's header with it. */
    @Override
    public Opened open() throws Exception {
        OpenTable table = new OpenTable(file, new CopyOnWriteArrayList<>());
        table.connect();
        return table;
    }

    private record OpenTable(Path file, List<Connection> connections) implements Opened {
        Connection connect() throws Exception {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&immutable=1");
            connections.add(connection);
            execute(connection, "PRAGMA mmap_size=" + Files.size(file));
            execute(connection, "SELECT 1 FROM listed LIMIT 1");
            return connection;
        }

        @Override
        public Reader reader() throws Exception {
            PreparedStatement query = connect().prepareStatement("SELECT 1 FROM listed WHERE digest = ?");
            return digest -> ask(query, digest);
        }

        private static boolean ask(PreparedStatement query, ProgramDigest digest) throws SQLException {
            query.setBytes(1, digest.toByteArray());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
