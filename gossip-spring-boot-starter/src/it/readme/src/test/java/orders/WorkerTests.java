package orders;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The example without Spring. */
class WorkerTests {

	@Test
	void theWorkerStartsAndEndsWithNothingButTheLibraryOnItsClassPath() throws Exception {
		try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			Method main = loader.loadClass("Worker").getMethod("main", String[].class);
			FutureTask<Object> result = new FutureTask<>(() -> main.invoke(null, (Object) new String[0]));
			Thread thread = new Thread(result, "worker");
			thread.start();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> result.isDone() || isWaiting(thread));
			thread.interrupt();
			assertThat(catchThrowable(result::get)).cause()
				.isInstanceOf(InvocationTargetException.class)
				.hasCauseInstanceOf(InterruptedException.class);
		}
	}

	/** It has started its node, and now waits for its minute to pass. */
	private static boolean isWaiting(Thread thread) {
		List<StackTraceElement> stack = List.of(thread.getStackTrace());
		for (int i = 1; i < stack.size(); i++) {
			if (stack.get(i).getClassName().equals("Worker")) {
				return stack.get(i - 1).getClassName().equals(Thread.class.getName());
			}
		}
		return false;
	}

	/** The class itself, the library, and what that needs. */
	private static URL[] classPath() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (path.endsWith("classes") || path.getFileName().toString().matches("(gossip-core|netty|slf4j-api)-.*")) {
				urls.add(path.toUri().toURL());
			}
		}
		assertThat(urls).hasSizeGreaterThan(3);
		return urls.toArray(URL[]::new);
	}

}
