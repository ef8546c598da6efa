package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that the sandbox's processes share. */
class SandboxKeyTest {
    @TempDir
    Path directory;

    @Test
    void isRandomAndKept() throws Exception {
        var key = SandboxKey.readOrCreate(directory.resolve("one"));
        assertThat(key.reveal()).matches("[0-9a-f]{32}");
        assertThat(SandboxKey.readOrCreate(directory.resolve("one"))).isEqualTo(key);
        assertThat(SandboxKey.readOrCreate(directory.resolve("two"))).isNotEqualTo(key);
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        SandboxKey.readOrCreate(directory.resolve("one"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("one/sandbox-key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("one"))))
                .isEqualTo("rwx------");
    }

    @Test
    void isOneForAllWhoStartAtTheSameTime() throws Exception {
        int starters = 8;
        var barrier = new CyclicBarrier(starters);
        Callable<Secret> start = () -> {
            barrier.await(10, TimeUnit.SECONDS);
            return SandboxKey.readOrCreate(directory.resolve("one"));
        };
        var found = new ArrayList<Future<Secret>>();
        try (var threads = Executors.newFixedThreadPool(starters)) {
            for (int i = 0; i < starters; i++) {
                found.add(threads.submit(start));
            }
        }
        var first = found.getFirst().get();
        for (var each : found) {
            assertThat(each.get()).isEqualTo(first);
        }
        try (var files = Files.list(directory.resolve("one"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isNotReplacedWhenDamaged() throws Exception {
        Files.writeString(directory.resolve("sandbox-key"), "half");
        assertThatThrownBy(() -> SandboxKey.readOrCreate(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete it");
    }
}
