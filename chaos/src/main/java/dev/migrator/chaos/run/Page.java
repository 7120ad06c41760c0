package dev.migrator.chaos.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What smoke checks look at: {@code /good} is well, {@code /bad} is not. */
public final class Page implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Page() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        answer("/good", 200);
        answer("/bad", 500);
        server.start();
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, -1);
            }
        });
    }

    public String url(boolean good) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + (good ? "/good" : "/bad");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
