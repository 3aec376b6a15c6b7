// Makes the project from what the README tells people to write, word for word.
def text = new File(readme).text
def section = text.substring(text.indexOf("## In your application"), text.indexOf("## Without Spring"))

def blocks = { language -> (section =~ /(?s)```${language}\n(.*?)```/).collect { it[1] } }

def pom = new File(basedir, "pom.xml")
assert blocks("xml").size() >= 1
pom.text = pom.text.replace("<!-- README -->", blocks("xml")[0])

def resources = new File(basedir, "src/main/resources")
resources.mkdirs()
new File(resources, "application.yml").text = "spring:\n  application:\n    name: orders\n" + blocks("yaml")[0] +
	blocks("yaml")[1]

def sources = new File(basedir, "src/main/java/orders")
sources.mkdirs()
def listener = blocks("java").find { it.contains("@EventListener") }
new File(sources, "OrdersApplication.java").text = """package orders;

import io.gossip.MembershipEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.event.EventListener;

@SpringBootApplication
public class OrdersApplication {

	private final Logger logger = LoggerFactory.getLogger(OrdersApplication.class);

	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

${listener}
}
"""
return true
