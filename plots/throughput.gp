# Throughput: requests per second, the expected answers alone.
# A panel per workload, a bar per server, longest first.

name = 'throughput'
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen(name.'.gp')]
load charts.name.'.gp'
load here.'common.gp'

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    load here.'panel.gp'
    load here.'bars.gp'
  }
  unset multiplot
}
