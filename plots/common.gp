# What all charts share: palette, fonts, the page and where its panels are.
#
# A chart is drawn by its script from the data in a run's folder:
#
#     gnuplot -d -c plots/throughput.gp results/RUN/charts
#
# which loads this file and charts/throughput.gp (titles, scales, small print).
# A page is a title, a panel for each workload, and small print. Lengths are in
# pixels, as in the .svg; the .png has twice as many.

load here.'palette.gp'

panels = |panel_titles|

# Long lists of servers go into two columns, so that the page stays a page.
total_rows = 0
most_rows = 0
do for [i = 1:panels] {
  total_rows = total_rows + panel_rows[i]
  most_rows = panel_rows[i] > most_rows ? panel_rows[i] : most_rows
}
columns = (panels > 1 && total_rows > 40) ? 2 : 1
lines = (panels + columns - 1) / columns      # of panels, one below the other

row_height   = 24
label_space  = 32 + 7.7 * label_width         # left of a panel
panel_space  = 78                             # its title above, its axis below
page_width   = columns == 1 ? 860 : 1180
column_width = page_width / columns
head_height  = 64
foot_height  = 22 + 15 * |notes|
line_height  = panel_space + row_height * most_rows
page_height  = head_height + lines * line_height + foot_height

across(x) = real(x) / page_width              # as shares of the page
down(y)   = 1 - real(y) / page_height

set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ""
set encoding utf8
set style line 1 lc rgb ink lw 1.2            # whiskers
set border 1 lc rgb grey
set grid x lc rgb pale lw 1 lt 1
set tics nomirror textcolor rgb ink
unset ytics                                   # bars.gp, points.gp name the rows
set key off
set style fill solid 0.9 noborder

# What a row of data has in a column, if it belongs to the panel (from 1) that is
# being drawn. Words are empty instead of absent: gnuplot 5.4 crashes on a plot
# of labels none of which has a place.
is_here(_) = column('panel') == panel - 1
get(name) = is_here(0) ? column(name) : NaN
said(name) = is_here(0) ? strcol(name) : ''
# A server with figures has its text in one colour, one without in another.
figures(name) = column('n') > 0 ? said(name) : ''
excuse(name) = column('n') > 0 ? '' : said(name)
# A round's figure, if its dot is marked so.
marked(name, mark) = strcol('mark') eq mark ? get(name) : NaN
