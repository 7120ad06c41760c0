package dev.migrator.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A page that a smoke check asks for. Its first answer waits for the test, so the test knows: verification is under way. */
final class CheckedPage implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();

    CheckedPage() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.countDown();
            try (exchange) {
                exchange.sendResponseHeaders(answer.get(60, TimeUnit.SECONDS), -1);
            } catch (ExecutionException | TimeoutException | InterruptedException e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Returns when a check has asked. */
    void awaitAsked(Duration atMost) throws InterruptedException {
        if (!asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no check asked for " + url() + " within " + atMost.toSeconds() + " s");
        }
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Answers with that status from now on, until told otherwise, those who have asked already included. */
    void answer(int status) {
        answer.obtrudeValue(status);
    }

    @Override
    public void close() {
        answer.complete(503);
        server.stop(0);
    }
}
