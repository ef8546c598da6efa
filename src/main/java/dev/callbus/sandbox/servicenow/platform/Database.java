package dev.callbus.sandbox.servicenow.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The embedded SQL database. Everything here blocks. Connections are kept here and not in a pool of H2's, which rolls each back when it is
 * returned; that makes H2 forget the statements that it has parsed (org.h2.engine.SessionLocal, 2.4.240), and parsing takes longer than most
 * of them do.
 */
final class Database implements AutoCloseable {
    private final String url;

    /** Idle connections, the last used first; the database stays open while there is one. There are as many as threads that use it. */
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private volatile boolean isClosed;

    /** @param url of H2 */
    Database(String url) {
        this.url = url + ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256";
        try {
            idle.push(connect());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(url, "sa", "");
        connection.setAutoCommit(false);
        return connection;
    }

    /** Does some work, all of it or nothing. */
    <T> T transact(Work<T> work) {
        try {
            var waiting = idle.poll();
            var connection = waiting == null ? connect() : waiting;
            try {
                return transact(connection, work);
            } finally {
                idle.push(connection);
                if (isClosed) {
                    closeIdle();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T transact(Connection connection, Work<T> work) throws SQLException {
        boolean committed = false;
        try {
            var result = work.with(new Transaction(connection));
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    /** Closes the connections that are idle; those at work follow when they are done. */
    @Override
    public void close() {
        isClosed = true;
        try {
            closeIdle();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void closeIdle() throws SQLException {
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    /** What is done within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Transaction transaction) throws SQLException;
    }

    /** Makes something of one row of a result. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An open transaction. */
    record Transaction(Connection connection) {

        int execute(Sql sql) throws SQLException {
            try (var statement = prepare(sql)) {
                return statement.executeUpdate();
            }
        }

        /** Executes one statement for each list of binds. */
        void executeAll(String text, List<List<Object>> binds) throws SQLException {
            try (var statement = connection.prepareStatement(text)) {
                for (var each : binds) {
                    bind(statement, each);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        <T> List<T> query(Sql sql, RowReader<T> reader) throws SQLException {
            try (var statement = prepare(sql);
                    var rows = statement.executeQuery()) {
                var result = new ArrayList<T>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        }

        private PreparedStatement prepare(Sql sql) throws SQLException {
            var statement = connection.prepareStatement(sql.text());
            bind(statement, sql.binds());
            return statement;
        }

        private static void bind(PreparedStatement statement, List<Object> binds) throws SQLException {
            var index = 1;
            for (var bind : binds) {
                statement.setObject(index++, bind);
            }
        }
    }
}
