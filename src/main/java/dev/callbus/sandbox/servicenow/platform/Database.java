package dev.callbus.sandbox.servicenow.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/** The embedded SQL database. Everything here blocks. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    private final JdbcConnectionPool pool;

    /** Held so that the database stays open: it closes with its last connection. */
    private final Connection first;

    /** @param url of H2 */
    Database(String url) {
        pool = JdbcConnectionPool.create(url + ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256", "sa", "");
        pool.setMaxConnections(CONNECTIONS);
        try {
            first = pool.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does some work, all of it or nothing. */
    <T> T transact(Work<T> work) {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.with(new Transaction(connection));
                connection.commit();
                return result;
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        pool.dispose();
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
