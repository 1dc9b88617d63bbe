# Latency: the median and the 99th percentile, on a logarithmic scale.
# A panel per workload, a row per server. Points, not bars: a bar's length would
# mean nothing where the scale has no zero.

name = 'latency'
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen(name.'.gp')]
load charts.name.'.gp'
load here.'common.gp'

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    load here.'panel.gp'
    load here.'points.gp'
  }
  unset multiplot
}
